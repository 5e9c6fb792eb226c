package io.polegate.driver.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.PushSource.Listener;
import io.polegate.driver.opcua.OpcUaPoint.Reports;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.milo.opcua.sdk.client.subscriptions.MonitoredItemServiceOperationResult;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DeadbandType;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.jspecify.annotations.Nullable;

/**
 * The monitored items of one connection. Milo calls from its threads; after {@link #mute} has
 * returned nothing reaches the listener any more.
 */
final class Subscription implements OpcUaSubscription.SubscriptionListener {
  private final Connection connection;
  private final Listener listener;
  private boolean muted;
  private @Nullable OpcUaSubscription created;

  Subscription(Connection connection, Listener listener) {
    this.connection = connection;
    this.listener = listener;
  }

  /** Makes the server report the points; those it will not report are left to polling. */
  void start(List<OpcUaPoint> points) throws EndpointDownException {
    Namespaces namespaces = connection.session().namespaces();
    OpcUaSubscription subscription =
        new OpcUaSubscription(
            connection.client(), (double) connection.bus().publishing().toMillis());
    subscription.setSubscriptionListener(this);
    for (OpcUaPoint point : points) {
      namespaces
          .node(point.node())
          .ifPresent(
              node ->
                  point
                      .reports()
                      .ifPresent(how -> subscription.addMonitoredItem(item(node, point, how))));
    }
    if (subscription.getMonitoredItems().isEmpty()) {
      return;
    }
    connection.reached(
        () ->
            CompletableFuture.runAsync(() -> create(subscription), connection.engine().executor()));
    created = subscription;
  }

  /** Ends the reports and takes the items from the server. */
  void stop() throws EndpointDownException {
    mute();
    OpcUaSubscription present = created;
    if (present != null) {
      connection.reached(present::deleteAsync);
    }
  }

  /** Ends the reports. Any thread. */
  synchronized void mute() {
    muted = true;
  }

  @Override
  public void onStatusChanged(OpcUaSubscription subscription, StatusCode status) {
    connection.loseSubscription("the server ended the subscription: " + Statuses.name(status));
  }

  @Override
  public void onTransferFailed(OpcUaSubscription subscription, StatusCode status) {
    connection.loseSubscription("the subscription is lost: " + Statuses.name(status));
  }

  @Override
  public void onWatchdogTimerElapsed(OpcUaSubscription subscription) {
    connection.loseSubscription("the server publishes nothing any more");
  }

  private static void create(OpcUaSubscription subscription) {
    try {
      subscription.create();
      for (MonitoredItemServiceOperationResult result : subscription.createMonitoredItems()) {
        if (!result.serviceResult().isGood()) {
          throw new UaException(result.serviceResult(), "no monitored items");
        }
      }
    } catch (UaException e) {
      throw new CompletionException(e);
    }
  }

  private OpcUaMonitoredItem item(NodeId node, OpcUaPoint point, Reports how) {
    OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(node);
    item.setSamplingInterval(
        (double) how.sampling().orElse(connection.bus().publishing()).toMillis());
    item.setQueueSize(uint(how.queue()));
    item.setDiscardOldest(true);
    how.deadband().ifPresent(deadband -> item.setFilter(filter(deadband)));
    item.setDataValueListener(
        (source, value) -> {
          synchronized (this) {
            if (!muted) {
              listener.sampled(point, VariantCodec.decode(value, point.type()));
            }
          }
        });
    return item;
  }

  private static DataChangeFilter filter(Deadband deadband) {
    DeadbandType type = deadband.percent() ? DeadbandType.Percent : DeadbandType.Absolute;
    return new DataChangeFilter(
        DataChangeTrigger.StatusValue, uint(type.getValue()), deadband.width());
  }
}
