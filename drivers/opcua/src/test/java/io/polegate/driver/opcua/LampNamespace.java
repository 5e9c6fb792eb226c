package io.polegate.driver.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ulong;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaFolderNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/** The nodes of a lamp; with the name {@link #SILENT} it never answers a read. */
final class LampNamespace extends ManagedNamespaceWithLifecycle {
  static final String SILENT = "urn:silent";
  static final int FOLDERS = 1001;
  static final Instant STAMP = Instant.parse("2026-03-04T05:06:07.080Z");

  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger reads = new AtomicInteger();
  private final SubscriptionModel subscriptions;

  LampNamespace(OpcUaServer server, String uri) {
    super(server, uri);
    subscriptions = new SubscriptionModel(server, this);
    getLifecycleManager().addLifecycle(subscriptions);
    getLifecycleManager().addStartupTask(this::addNodes);
  }

  /** Values asked for so far. */
  int reads() {
    return reads.get();
  }

  /** Changes a value. */
  void set(String name, Object value) {
    node(name).setValue(new DataValue(new Variant(value)));
  }

  /** What a value is now. */
  Object get(String name) {
    return Objects.requireNonNull(node(name).getValue().value().value());
  }

  /** Lets reads that wait for ever end. */
  void release() {
    released.countDown();
  }

  @Override
  public List<DataValue> read(
      ReadContext context, Double maxAge, TimestampsToReturn timestamps, List<ReadValueId> wanted) {
    reads.addAndGet(wanted.size());
    if (getNamespaceUri().equals(SILENT)) {
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    List<DataValue> answers = new ArrayList<>();
    List<DataValue> found = super.read(context, maxAge, timestamps, wanted);
    for (int i = 0; i < found.size(); i++) {
      boolean stamped = "Stamped".equals(wanted.get(i).getNodeId().getIdentifier());
      answers.add(found.get(i).copy(b -> b.setSourceTime(stamped ? new DateTime(STAMP) : null)));
    }
    return answers;
  }

  @Override
  public void onDataItemsCreated(List<DataItem> items) {
    subscriptions.onDataItemsCreated(items);
  }

  @Override
  public void onDataItemsModified(List<DataItem> items) {
    subscriptions.onDataItemsModified(items);
  }

  @Override
  public void onDataItemsDeleted(List<DataItem> items) {
    subscriptions.onDataItemsDeleted(items);
  }

  @Override
  public void onMonitoringModeChanged(List<MonitoredItem> items) {
    subscriptions.onMonitoringModeChanged(items);
  }

  private UaVariableNode node(String name) {
    return (UaVariableNode) getNodeManager().getNode(newNodeId(name)).orElseThrow();
  }

  private void addNodes() {
    UaFolderNode folder =
        new UaFolderNode(
            getNodeContext(),
            newNodeId("Lamp"),
            newQualifiedName("Lamp"),
            LocalizedText.english("Lamp"));
    getNodeManager().addNode(folder);
    folder.addReference(
        new Reference(
            folder.getNodeId(), NodeIds.Organizes, NodeIds.ObjectsFolder.expanded(), false));
    for (int i = 0; i < FOLDERS; i++) {
      folder(folder, "Folder" + i);
    }
    add(folder, "On", OpcUaDataType.Boolean, true);
    add(folder, "SByte", OpcUaDataType.SByte, (byte) -5);
    add(folder, "Level", OpcUaDataType.Byte, ubyte(50));
    add(folder, "Int16", OpcUaDataType.Int16, (short) -300);
    add(folder, "UInt16", OpcUaDataType.UInt16, ushort(65_000));
    add(folder, "Int32", OpcUaDataType.Int32, -70_000);
    add(folder, "UInt32", OpcUaDataType.UInt32, uint(4_000_000_000L));
    add(folder, "Int64", OpcUaDataType.Int64, Long.MIN_VALUE);
    add(folder, "UInt64", OpcUaDataType.UInt64, ulong(Long.MAX_VALUE));
    add(folder, "Float", OpcUaDataType.Float, 1.5f);
    add(folder, "Double", OpcUaDataType.Double, 0.1);
    add(folder, "Name", OpcUaDataType.String, "路灯 7");
    add(folder, "Title", OpcUaDataType.LocalizedText, LocalizedText.english("lamp"));
    add(folder, "Raw", OpcUaDataType.ByteString, ByteString.of(new byte[] {1, 2}));
    add(folder, "Stamped", OpcUaDataType.Double, 7.0);
    variable(folder, "Duration", NodeIds.Duration, 250.0);
    variable(folder, "Any", NodeIds.Number, (short) 3);
    add(folder, "Broken", OpcUaDataType.Double, 1.0);
    status("Broken", StatusCodes.Bad_SensorFailure);
    add(folder, "Doubtful", OpcUaDataType.Double, 1.0);
    status("Doubtful", StatusCodes.Uncertain_SensorNotAccurate);
  }

  private void folder(UaFolderNode parent, String name) {
    UaFolderNode folder =
        new UaFolderNode(
            getNodeContext(), newNodeId(name), newQualifiedName(name), LocalizedText.english(name));
    getNodeManager().addNode(folder);
    parent.addOrganizes(folder);
  }

  private void status(String name, long status) {
    node(name).setValue(new DataValue(new Variant(1.0), new StatusCode(status)));
  }

  private void add(UaFolderNode folder, String name, OpcUaDataType type, Object value) {
    variable(folder, name, type.getNodeId(), value);
  }

  private void variable(UaFolderNode folder, String name, NodeId type, Object value) {
    UaVariableNode node =
        new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
            .setNodeId(newNodeId(name))
            .setBrowseName(newQualifiedName(name))
            .setDisplayName(LocalizedText.english(name))
            .setDataType(type)
            .setTypeDefinition(NodeIds.BaseDataVariableType)
            .setAccessLevel(AccessLevel.READ_WRITE)
            .setUserAccessLevel(AccessLevel.READ_WRITE)
            .setMinimumSamplingInterval(0.0)
            .build();
    node.setValue(new DataValue(new Variant(value)));
    getNodeManager().addNode(node);
    folder.addOrganizes(node);
  }
}
