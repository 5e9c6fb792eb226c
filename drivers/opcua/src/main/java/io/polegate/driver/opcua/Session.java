package io.polegate.driver.opcua;

import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.client.OpcUaSession;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.jspecify.annotations.Nullable;

/**
 * One session and what holds for as long as it does. Requests carry its token, so none can reach a
 * session whose namespaces are numbered differently. Belongs to the thread of the bus.
 */
final class Session {
  /** For servers that state no limit of their own. */
  private static final int MOST_PER_READ = 500;

  private final Connection connection;
  private final OpcUaSession handle;
  private final Namespaces namespaces;
  private final int mostPerRead;
  private final DataTypes types = new DataTypes(this);

  private Session(
      Connection connection, OpcUaSession handle, Namespaces namespaces, int mostPerRead) {
    this.connection = connection;
    this.handle = handle;
    this.namespaces = namespaces;
    this.mostPerRead = mostPerRead;
  }

  Connection connection() {
    return connection;
  }

  /** The namespaces of the server. */
  Namespaces namespaces() {
    return namespaces;
  }

  /** Most values in one request. */
  int mostPerRead() {
    return mostPerRead;
  }

  /** The types of the server. */
  DataTypes types() {
    return types;
  }

  /** Whether this is Milo's session, and not one that it made later. */
  @SuppressWarnings("ReferenceEquality") // the servers choose the ids, and may repeat them
  boolean is(OpcUaSession other) {
    return handle == other;
  }

  /** Asks the server for what holds in a session that is new. */
  static Session of(Connection connection, OpcUaSession handle) throws EndpointDownException {
    Session bare = new Session(connection, handle, new Namespaces(List.of()), 2);
    DataValue[] answers;
    try {
      answers =
          bare.read(
              List.of(
                  NodeIds.Server_NamespaceArray,
                  NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead),
              AttributeId.Value);
    } catch (EndpointDownException e) {
      throw e;
    } catch (DriverException | RefusedException e) {
      throw new EndpointDownException("the server does not say its namespaces", e);
    }
    if (!(answers[0].value().value() instanceof String[] uris)) {
      throw new EndpointDownException("the server does not say its namespaces");
    }
    int most =
        answers[1].value().value() instanceof UInteger limit && limit.longValue() > 0
            ? (int) Math.min(MOST_PER_READ, limit.longValue())
            : MOST_PER_READ;
    List<String> names = Arrays.stream(uris).map(uri -> uri == null ? "" : uri).toList();
    return new Session(connection, handle, new Namespaces(names), most);
  }

  /** Sends one request. */
  <T extends UaResponseMessageType> T call(
      Class<T> answer, Function<RequestHeader, UaRequestMessageType> request)
      throws DriverException, RefusedException {
    return connection.call(handle, answer, request);
  }

  /** Reads one attribute of a few nodes in one request, one answer per node. */
  DataValue[] read(List<NodeId> nodes, AttributeId attribute)
      throws DriverException, RefusedException {
    ReadValueId[] wanted =
        nodes.stream()
            .map(node -> new ReadValueId(node, attribute.uid(), null, QualifiedName.NULL_VALUE))
            .toArray(ReadValueId[]::new);
    ReadResponse response =
        call(
            ReadResponse.class,
            header -> new ReadRequest(header, 0.0, TimestampsToReturn.Source, wanted));
    return counted(response.getResults(), wanted.length);
  }

  /** The results, if there are as many as were asked for. */
  static <T> T[] counted(T @Nullable [] results, int asked) throws EndpointDownException {
    if (results == null || results.length != asked) {
      throw new EndpointDownException("the server did not answer what was asked");
    }
    return results;
  }
}
