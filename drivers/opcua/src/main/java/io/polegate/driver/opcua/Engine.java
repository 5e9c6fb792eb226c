package io.polegate.driver.opcua;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;

/**
 * The threads that Milo needs for one connection. They are made here and not taken from Milo's
 * shared stack, because those live for ever. Thread-safe.
 */
final class Engine {
  private static final long PATIENCE_SECONDS = 2;

  private final ExecutorService executor =
      Executors.newCachedThreadPool(new DefaultThreadFactory("opcua-work", true));
  private final NioEventLoopGroup loop =
      new NioEventLoopGroup(1, new DefaultThreadFactory("opcua-io", true));
  private final HashedWheelTimer timer =
      new HashedWheelTimer(new DefaultThreadFactory("opcua-timer", true));

  /** Runs what blocks in Milo; ends with {@link #stop}. */
  ExecutorService executor() {
    return executor;
  }

  /** Makes a transport use these threads; the loop serves as scheduler too. */
  void drive(OpcTcpClientTransportConfigBuilder transport) {
    transport
        .setExecutor(executor)
        .setScheduledExecutor(loop)
        .setEventLoop(loop)
        .setWheelTimer(timer);
  }

  /** Ends all threads; returns when they have ended or do not want to. */
  void stop() {
    timer.stop();
    loop.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
    executor.shutdownNow();
  }
}
