package io.polegate.cloud;

import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import io.polegate.api.live.DeviceStatus;
import io.polegate.testkit.HandClock;
import java.util.List;
import java.util.Optional;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;

/** A node whose messages are kept, on a clock that is turned by hand. */
final class SparkplugBench {
  final HandClock clock = new HandClock();
  final SparkplugPole pole = new SparkplugPole(clock);
  final SparkplugModel model = SparkplugModel.of(SparkplugPole.SPEC);
  final Recorder out = new Recorder();
  final SparkplugNode node;
  private final SparkplugAliases aliases = new SparkplugAliases();
  private final SparkplugTypes types = new SparkplugTypes();
  private final SparkplugOptions options;

  SparkplugBench() throws Exception {
    options = SparkplugOptions.of("P-1", SparkplugPole.connection("tcp://h:1"), false);
    node = new SparkplugNode(options, model, types, aliases, pole.around, () -> 0, 0);
  }

  void allOnline() {
    pole.live.state("lamp-1", DeviceStatus.State.ONLINE);
    pole.live.state("env-1", DeviceStatus.State.ONLINE);
    pole.live.say("lamp-1", "level", good(new Value.Int(0)));
  }

  List<Payload> births() {
    return out.messages().stream()
        .filter(message -> message.topic().contains("BIRTH"))
        .map(message -> Recorder.payload(message.payload()))
        .toList();
  }

  long alias(String device, String point) {
    return aliases.of(
        device,
        model
            .device(device)
            .flatMap(found -> Optional.ofNullable(found.metrics().get(point)))
            .orElseThrow());
  }

  long send(Lane lane, Sequenced... items) throws Exception {
    return send(lane, List.of(items), () -> {});
  }

  long send(Lane lane, List<Sequenced> items, Acknowledgement acknowledgement) throws Exception {
    return new SparkplugReport(options, model, types, aliases, node, out)
        .send(lane, items, acknowledgement);
  }

  static Reading good(Value value) {
    return new Reading.Good(value, InMemoryJournal.TIME);
  }

  static Sequenced reading(long seq, String device, String point, Value value) {
    return reading(seq, device, point, good(value));
  }

  static Sequenced reading(long seq, String device, String point, Reading reading) {
    return new Sequenced(seq, new JournalItem.PointReading(device, point, "%", reading));
  }
}
