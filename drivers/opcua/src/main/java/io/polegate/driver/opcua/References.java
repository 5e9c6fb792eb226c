package io.polegate.driver.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseResultMask;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseNextRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseNextResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;

/** Follows references from one node. */
final class References {
  /** More than a person looks through; a server could go on for ever. */
  private static final int MOST = 10_000;

  private static final int MOST_PER_ANSWER = 1000;

  private static final ViewDescription EVERYTHING =
      new ViewDescription(NodeId.NULL_VALUE, DateTime.MIN_VALUE, uint(0));

  private References() {}

  /** The references of a type, and of its subtypes, in the order of the server. */
  static List<ReferenceDescription> of(
      Session session, NodeId from, BrowseDirection direction, NodeId type)
      throws DriverException, RefusedException {
    BrowseDescription what =
        new BrowseDescription(
            from, direction, type, true, uint(0), uint(BrowseResultMask.All.getValue()));
    BrowseResponse first =
        session.call(
            BrowseResponse.class,
            header ->
                new BrowseRequest(
                    header, EVERYTHING, uint(MOST_PER_ANSWER), new BrowseDescription[] {what}));
    BrowseResult result = only(first.getResults());
    List<ReferenceDescription> found = new ArrayList<>(listed(result));
    while (more(result) && found.size() < MOST) {
      ByteString[] rest = {result.getContinuationPoint()};
      BrowseNextResponse next =
          session.call(
              BrowseNextResponse.class, header -> new BrowseNextRequest(header, false, rest));
      result = only(next.getResults());
      found.addAll(listed(result));
    }
    if (more(result)) {
      ByteString[] rest = {result.getContinuationPoint()};
      session.call(BrowseNextResponse.class, header -> new BrowseNextRequest(header, true, rest));
    }
    return found;
  }

  /** The node as this server numbers it; empty if it belongs to another server. */
  static Optional<NodeId> local(Session session, ExpandedNodeId node) throws EndpointDownException {
    return node.toNodeId(session.connection().client().getNamespaceTable());
  }

  private static BrowseResult only(BrowseResult[] results)
      throws EndpointDownException, RefusedException {
    BrowseResult result = Session.counted(results, 1)[0];
    if (result.getStatusCode().isBad()) {
      throw new RefusedException(result.getStatusCode());
    }
    return result;
  }

  private static List<ReferenceDescription> listed(BrowseResult result) {
    ReferenceDescription[] references = result.getReferences();
    return references == null ? List.of() : List.of(references);
  }

  private static boolean more(BrowseResult result) {
    ByteString point = result.getContinuationPoint();
    return point != null && !point.isNullOrEmpty();
  }
}
