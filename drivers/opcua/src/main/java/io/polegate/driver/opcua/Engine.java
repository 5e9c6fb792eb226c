package io.polegate.driver.opcua;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;

/**
 * The threads that Milo needs for one connection. They are made here and not taken from Milo's
 * shared stack, because those live for ever. Thread-safe.
 */
final class Engine {
  private static final long PATIENCE_SECONDS = 2;
  private static final long IDLE_SECONDS = 60;

  /** Drops what Milo still wants done once it has been stopped: nobody waits for it any more. */
  private final ExecutorService executor =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          new DefaultThreadFactory("opcua-work", true),
          new ThreadPoolExecutor.DiscardPolicy());

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

  /**
   * Ends all threads; returns when they have ended or do not want to. Those that use others end
   * first, so that none meets one that has stopped.
   */
  void stop() {
    executor.shutdownNow();
    try {
      executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loop.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
    timer.stop();
  }
}
