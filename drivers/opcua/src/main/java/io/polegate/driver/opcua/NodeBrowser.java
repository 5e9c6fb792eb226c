package io.polegate.driver.opcua;

import io.polegate.api.driver.Browse.Node;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** Shows what a server offers. Belongs to the thread of the bus. */
final class NodeBrowser {
  private final Session session;

  NodeBrowser(Session session) {
    this.session = session;
  }

  /** As {@link io.polegate.api.driver.Browse#children}. */
  List<Node> children(String id) throws DriverException {
    try {
      List<Node> children = new ArrayList<>();
      for (ReferenceDescription reference :
          References.of(
              session, start(id), BrowseDirection.Forward, NodeIds.HierarchicalReferences)) {
        Optional<NodeId> node = References.local(session, reference.getNodeId());
        if (node.isPresent()) {
          children.add(shown(node.get(), reference));
        }
      }
      return children;
    } catch (RefusedException e) {
      throw new WriteRejectedException("cannot look below \"" + id + "\": " + e.getMessage(), e);
    }
  }

  private NodeId start(String id) throws WriteRejectedException {
    if (id.isEmpty()) {
      return NodeIds.ObjectsFolder;
    }
    try {
      return session
          .namespaces()
          .node(NodeAddress.parse(id))
          .orElseThrow(() -> new WriteRejectedException("no namespace of \"" + id + "\""));
    } catch (IllegalArgumentException e) {
      throw new WriteRejectedException("\"" + id + "\" is not " + NodeAddress.FORM, e);
    }
  }

  private Node shown(NodeId node, ReferenceDescription reference)
      throws DriverException, RefusedException {
    String address = session.namespaces().address(node).toString();
    String name = reference.getDisplayName().text();
    boolean variable = reference.getNodeClass() == NodeClass.Variable;
    boolean property = NodeIds.HasProperty.equals(reference.getReferenceTypeId());
    return new Node(
        address,
        name == null ? address : name,
        variable ? point(node, address) : Settings.NONE,
        !property);
  }

  private Settings point(NodeId node, String address) throws DriverException, RefusedException {
    return session
        .types()
        .ofVariable(node)
        .flatMap(NodeBrowser::type)
        .map(type -> new Settings(Map.of("address", address, "type", type)))
        .orElse(Settings.NONE);
  }

  private static Optional<String> type(OpcUaDataType type) {
    return switch (type) {
      case Boolean -> written(OpcUaSettings.Type.BOOL);
      case SByte, Byte, Int16, UInt16, Int32, UInt32, Int64, UInt64 ->
          written(OpcUaSettings.Type.INTEGER);
      case Float, Double -> written(OpcUaSettings.Type.REAL);
      case String, LocalizedText, Guid, DateTime -> written(OpcUaSettings.Type.TEXT);
      case ByteString -> written(OpcUaSettings.Type.BYTES);
      default -> Optional.empty();
    };
  }

  private static Optional<String> written(OpcUaSettings.Type type) {
    return Optional.of(type.name().toLowerCase(Locale.ROOT));
  }
}
