package io.polegate.driver.opcua;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransport;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;

/**
 * Remembers the sessions that were created and not activated, for instance because of a wrong
 * password. Milo forgets them without closing them, and a server has few. Thread-safe.
 */
final class TidyTransport extends OpcTcpClientTransport {
  private final Set<NodeId> unactivated = ConcurrentHashMap.newKeySet();

  TidyTransport(OpcTcpClientTransportConfig config) {
    super(config);
  }

  @Override
  public CompletableFuture<UaResponseMessageType> sendRequestMessage(UaRequestMessageType request) {
    return super.sendRequestMessage(request).thenApply(answer -> noted(request, answer));
  }

  /** The tokens of those sessions. */
  List<NodeId> unactivated() {
    return List.copyOf(unactivated);
  }

  private UaResponseMessageType noted(UaRequestMessageType request, UaResponseMessageType answer) {
    if (answer instanceof CreateSessionResponse created) {
      unactivated.add(created.getAuthenticationToken());
    } else if (answer instanceof ActivateSessionResponse) {
      unactivated.remove(request.getRequestHeader().getAuthenticationToken());
    }
    return answer;
  }
}
