package io.polegate.cloud;

import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One batch of the journal on its way: readings in one message per device, everything else in
 * messages of the node, behind them the marker whose acknowledgement says that the broker has read
 * all of it. One thread.
 */
final class SparkplugReport {
  /** What goes before one marker. */
  static final int BATCH_BYTES = 128_000;

  private static final int MESSAGE_BYTES = 64_000;
  private static final String NODE = "";

  private final SparkplugOptions options;
  private final SparkplugModel model;
  private final SparkplugTypes types;
  private final SparkplugAliases aliases;
  private final SparkplugNode node;
  private final Publisher publisher;
  private final Map<String, SparkplugMessage> open = new LinkedHashMap<>();
  private int sentBytes;

  SparkplugReport(
      SparkplugOptions options,
      SparkplugModel model,
      SparkplugTypes types,
      SparkplugAliases aliases,
      SparkplugNode node,
      Publisher publisher) {
    this.options = options;
    this.model = model;
    this.types = types;
    this.aliases = aliases;
    this.node = node;
    this.publisher = publisher;
  }

  /**
   * Sends as many items as fit, at least one, and the marker.
   *
   * @return number of the last item
   */
  long send(Lane lane, List<Sequenced> items, Acknowledgement acknowledgement)
      throws SessionLostException {
    long last = 0;
    for (Sequenced item : items) {
      if (last > 0 && bytes() >= BATCH_BYTES) {
        break;
      }
      add(item);
      last = item.seq();
    }
    for (String device : List.copyOf(open.keySet())) {
      flush(device);
    }
    String marker =
        "{\"lane\":\"%s\",\"to\":%d}".formatted(lane.name().toLowerCase(Locale.ROOT), last);
    publisher.publish(
        new Message(options.marker(), marker.getBytes(StandardCharsets.UTF_8), 1, false),
        acknowledgement::acknowledged);
    return last;
  }

  private int bytes() {
    return sentBytes + open.values().stream().mapToInt(SparkplugMessage::bytes).sum();
  }

  private void add(Sequenced item) throws SessionLostException {
    if (item.item() instanceof JournalItem.PointReading reading) {
      Optional<SparkplugModel.Device> device = model.device(reading.device());
      Optional<SparkplugModel.Metric> metric =
          device.flatMap(found -> Optional.ofNullable(found.metrics().get(reading.point())));
      if (metric.isPresent() && node.mayReport(publisher, device.get(), reading.reading())) {
        add(item.seq(), device.get(), metric.get(), reading.reading());
        return;
      }
    }
    addText(item);
  }

  private void add(
      long seq, SparkplugModel.Device device, SparkplugModel.Metric metric, Reading reading)
      throws SessionLostException {
    String id = device.spec().id();
    String point = metric.point().id();
    if (reading instanceof Reading.Good good && types.surprised(id, point, good.value())) {
      flush(id);
      node.redeclare(publisher, device);
    }
    message(id)
        .report(
            aliases.of(id, metric),
            types.declared(id, point),
            reading.time().instant(),
            node.historical(id, seq),
            SparkplugBirths.value(reading),
            new SparkplugProperties().seq(seq).doubts(reading).time(reading.time()));
    flushIfFull(id);
  }

  private void addText(Sequenced sequenced) throws SessionLostException {
    JournalItem item = sequenced.item();
    SparkplugNodeMetric metric = SparkplugNodeMetric.UNASSIGNED;
    if (item instanceof JournalItem.Result) {
      metric = SparkplugNodeMetric.RESULT;
    } else if (item instanceof JournalItem.Event event) {
      metric = event.lane() == Lane.ALARM ? SparkplugNodeMetric.ALARM : SparkplugNodeMetric.STATE;
    }
    Value text = new Value.Text(SparkplugTexts.of(sequenced));
    message(NODE)
        .report(
            metric.alias(),
            metric.type(),
            SparkplugTexts.time(item).instant(),
            node.historical(sequenced.seq()),
            Optional.of(text),
            new SparkplugProperties().seq(sequenced.seq()).time(SparkplugTexts.time(item)));
    node.told(metric, text);
    flushIfFull(NODE);
  }

  private SparkplugMessage message(String device) {
    return open.computeIfAbsent(device, fresh -> new SparkplugMessage());
  }

  private void flushIfFull(String device) throws SessionLostException {
    if (message(device).bytes() >= MESSAGE_BYTES) {
      flush(device);
    }
  }

  private void flush(String device) throws SessionLostException {
    SparkplugMessage message = open.remove(device);
    if (message == null) {
      return;
    }
    sentBytes += message.bytes();
    node.send(
        publisher,
        device.equals(NODE)
            ? options.topics().node(SparkplugTopics.Kind.NDATA)
            : options.topics().device(SparkplugTopics.Kind.DDATA, device),
        message);
  }
}
