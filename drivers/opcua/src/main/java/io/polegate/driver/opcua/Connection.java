package io.polegate.driver.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import com.digitalpetri.netty.fsm.State;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaSession;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaServiceFaultException;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CloseSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Milo's client for one bus, from {@link #connect} to {@link #close}, made to block: one call at a
 * time, bounded, and ended by {@link #close}, which may come from any thread. Milo re-activates the
 * session, or makes a new one and transfers the subscription, when the connection breaks for less
 * than a time-out; whatever lasts longer ends this connection.
 */
final class Connection implements AutoCloseable {
  private static final Duration PATIENCE_OF_CLOSE = Duration.ofSeconds(2);

  private final OpcUaBus bus;
  private final Engine engine = new Engine();
  private final AtomicReference<@Nullable CompletableFuture<?>> blocked = new AtomicReference<>();
  private volatile boolean closed;
  private volatile @Nullable OpcUaClient client;
  private volatile @Nullable String lost;
  private @Nullable Session session;

  /** Something that Milo does in its own threads. */
  @FunctionalInterface
  interface Work<T> {
    /** Begins. */
    CompletionStage<T> start() throws EndpointDownException;
  }

  Connection(OpcUaBus bus) {
    this.bus = bus;
  }

  /** Finds the endpoint, checks it and opens a session. */
  void connect(ClientSettings settings) throws EndpointDownException {
    List<EndpointDescription> offers =
        reached(() -> DiscoveryClient.getEndpoints(bus.url().text(), this::configure));
    OpcTcpClientTransportConfigBuilder transport = OpcTcpClientTransportConfig.newBuilder();
    configure(transport);
    OpcUaClient fresh = new OpcUaClient(settings.of(offers), new TidyTransport(transport.build()));
    client = fresh;
    reached(fresh::connectAsync);
    session();
  }

  /** The session as it is now, waiting for it to heal if it is broken. */
  Session session() throws EndpointDownException {
    String reason = lost;
    if (reason != null) {
      throw new EndpointDownException(reason);
    }
    OpcUaSession handle = reached(client()::getSessionAsync);
    Session known = session;
    if (known != null && known.is(handle)) {
      return known;
    }
    // a server that was restarted may number its namespaces anew
    Session fresh = Session.of(this, handle);
    session = fresh;
    return fresh;
  }

  /** Sends a request in a session, never in the one that Milo may have made meanwhile. */
  <T extends UaResponseMessageType> T call(
      OpcUaSession in, Class<T> answer, Function<RequestHeader, UaRequestMessageType> request)
      throws DriverException, RefusedException {
    RequestHeader header =
        client().newRequestHeader(in.getAuthenticationToken(), uint(bus.timeout().toMillis()));
    try {
      return answer.cast(await(() -> client().sendRequestAsync(request.apply(header))));
    } catch (TimeoutException e) {
      // a request also waits in vain for a connection that broke a moment ago
      throw connected(client()) ? silent(e) : down(e);
    } catch (ExecutionException e) {
      throw classified(e.getCause() == null ? e : e.getCause());
    }
  }

  /** Waits for what Milo does with several requests of its own. */
  <T> T reached(Work<T> work) throws EndpointDownException {
    try {
      return await(work);
    } catch (TimeoutException e) {
      throw new EndpointDownException(
          "server \"" + bus.url().text() + "\" did not answer in time", e);
    } catch (ExecutionException e) {
      throw down(e.getCause() == null ? e : e.getCause());
    }
  }

  /** The subscription is gone, so that only a new connection brings it back. Any thread. */
  void loseSubscription(String reason) {
    lost = reason;
  }

  OpcUaClient client() throws EndpointDownException {
    OpcUaClient present = client;
    if (present == null || closed) {
      throw new EndpointDownException("not connected to \"" + bus.url().text() + "\"");
    }
    return present;
  }

  Engine engine() {
    return engine;
  }

  OpcUaBus bus() {
    return bus;
  }

  @Override
  public void close() {
    closed = true;
    CompletableFuture<?> waiting = blocked.get();
    if (waiting != null) {
      waiting.completeExceptionally(new UaException(StatusCodes.Bad_ConnectionClosed, "closed"));
    }
    OpcUaClient present = client;
    if (present != null && connected(present)) {
      sayGoodbye(present);
    }
    engine.stop();
  }

  private static boolean connected(OpcUaClient client) {
    return transport(client).getChannelFsm().getState() == State.Connected;
  }

  private static TidyTransport transport(OpcUaClient client) {
    return (TidyTransport) client.getTransport();
  }

  /** Closes the session at the server, so that it does not have to outlive its time-out there. */
  private static void sayGoodbye(OpcUaClient client) {
    UInteger patience = uint(PATIENCE_OF_CLOSE.toMillis());
    CompletableFuture<?>[] closing =
        transport(client).unactivated().stream()
            .map(token -> new CloseSessionRequest(client.newRequestHeader(token, patience), true))
            .map(client.getTransport()::sendRequestMessage)
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(closing)
          .handle((done, error) -> closing.length) // if one is refused, there is nothing to do
          .thenCompose(count -> client.disconnectAsync())
          .get(PATIENCE_OF_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // it is given up either way; the server will notice by itself
    }
  }

  private void configure(OpcTcpClientTransportConfigBuilder transport) {
    engine.drive(transport);
    transport.setConnectTimeout(uint(bus.timeout().toMillis()));
    transport.setAcknowledgeTimeout(uint(bus.timeout().toMillis()));
  }

  private <T> T await(Work<T> work)
      throws TimeoutException, ExecutionException, EndpointDownException {
    try {
      CompletableFuture<T> waiting = work.start().toCompletableFuture().copy();
      blocked.set(waiting);
      if (closed) {
        throw new EndpointDownException("\"" + bus.url().text() + "\" was closed");
      }
      return waiting.get(bus.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new EndpointDownException("\"" + bus.url().text() + "\" was closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EndpointDownException("interrupted while waiting for the server", e);
    } finally {
      blocked.set(null);
    }
  }

  private DriverException classified(Throwable cause) throws RefusedException {
    UaException error = UaException.extract(cause).orElse(null);
    if (error == null) {
      return down(cause);
    }
    if (Statuses.silence(error.getStatusCode())) {
      return silent(error);
    }
    boolean answered = error instanceof UaServiceFaultException;
    if (answered && !Statuses.sessionLost(error.getStatusCode())) {
      throw new RefusedException(error.getStatusCode(), error);
    }
    return down(error);
  }

  private DeviceSilentException silent(Throwable cause) {
    return new DeviceSilentException("server \"" + bus.url().text() + "\" did not answer", cause);
  }

  private EndpointDownException down(Throwable cause) {
    return new EndpointDownException(Faults.inWords(bus, cause), cause);
  }
}
