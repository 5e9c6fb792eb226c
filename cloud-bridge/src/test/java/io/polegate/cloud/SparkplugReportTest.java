package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import io.polegate.api.live.DeviceStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.junit.jupiter.api.Test;

/** Reports as they go over the wire, decoded again. */
final class SparkplugReportTest {
  private static final SampleTime TIME = InMemoryJournal.TIME;

  private final SparkplugBench bench;

  SparkplugReportTest() throws Exception {
    bench = new SparkplugBench();
  }

  @Test
  void readingsGoByAliasInOneMessagePerDevice() throws Exception {
    bench.allOnline();
    bench.node.bear(bench.out);
    bench.out.clear();
    bench.send(
        Lane.TELEMETRY,
        SparkplugBench.reading(11, "lamp-1", "level", new Value.Int(1)),
        SparkplugBench.reading(12, "env-1", "temperature", new Value.Real(21.5)),
        SparkplugBench.reading(13, "lamp-1", "level", new Value.Int(2)));
    assertThat(bench.out.kinds()).containsExactly("DDATA lamp-1", "DDATA env-1", "barrier");
    Payload lamp = bench.out.payload("DDATA lamp-1");
    assertThat(lamp.getTimestamp()).isEqualTo(bench.clock.instant().toEpochMilli());
    assertThat(lamp.getMetricsList()).extracting(Metric::getLongValue).containsExactly(1L, 2L);
    for (Metric metric : lamp.getMetricsList()) {
      assertThat(metric.hasName()).isFalse();
      assertThat(metric.hasDatatype()).isFalse();
      assertThat(metric.hasTimestamp()).isTrue();
      assertThat(metric.getAlias()).isEqualTo(bench.alias("lamp-1", "level"));
      assertThat(metric.getIsHistorical()).isFalse();
    }
    assertThat(Recorder.property(lamp.getMetrics(1), "Seq").getLongValue()).isEqualTo(13);
  }

  @Test
  void sequenceNumbersRunThroughAllMessagesAndBeginAgain() throws Exception {
    bench.pole.live.state("lamp-1", DeviceStatus.State.ONLINE);
    bench.node.bear(bench.out);
    for (int i = 0; i < 700; i++) {
      bench.send(
          Lane.TELEMETRY, SparkplugBench.reading(11 + i, "lamp-1", "level", new Value.Int(i)));
    }
    List<Message> counted =
        bench.out.messages().stream().filter(m -> m.topic().startsWith("spBv1.0/")).toList();
    assertThat(counted).hasSize(703);
    for (int i = 0; i < counted.size(); i++) {
      assertThat(Recorder.payload(counted.get(i).payload()).getSeq()).isEqualTo(i % 256);
    }
  }

  @Test
  void behindEachBatchGoesAMarkerThatMovesTheCursor() throws Exception {
    bench.allOnline();
    bench.node.bear(bench.out);
    bench.out.clear();
    List<String> acknowledged = new ArrayList<>();
    bench.send(
        Lane.TELEMETRY,
        List.of(SparkplugBench.reading(11, "lamp-1", "level", new Value.Int(1))),
        () -> acknowledged.add(String.join(" ", bench.out.kinds())));
    Message marker = bench.out.messages().get(1);
    assertThat(marker.topic()).isEqualTo("polegate/v1/P-1/barrier");
    assertThat(marker.qos()).isEqualTo(1);
    assertThat(new String(marker.payload(), StandardCharsets.UTF_8))
        .isEqualTo("{\"lane\":\"telemetry\",\"to\":11}");
    assertThat(acknowledged).containsExactly("DDATA lamp-1 barrier");
  }

  @Test
  void whatIsFromBeforeTheBirthsIsHistoricalWithItsOwnTime() throws Exception {
    bench.allOnline();
    bench.pole.journal.appendReadings(5);
    bench.node.bear(bench.out);
    bench.out.clear();
    bench.send(
        Lane.TELEMETRY,
        SparkplugBench.reading(5, "lamp-1", "level", new Value.Int(1)),
        SparkplugBench.reading(6, "lamp-1", "level", new Value.Int(2)));
    bench.send(Lane.ALARM, new Sequenced(4, InMemoryJournal.event(Lane.ALARM, "tilt")));
    Payload data = bench.out.payload("DDATA lamp-1");
    assertThat(data.getMetrics(0).getIsHistorical()).isTrue();
    assertThat(data.getMetrics(0).getTimestamp()).isEqualTo(TIME.instant().toEpochMilli());
    assertThat(data.getMetrics(1).getIsHistorical()).isFalse();
    assertThat(bench.out.payload("NDATA").getMetrics(0).getIsHistorical()).isTrue();
  }

  @Test
  void aBadReadingIsNullWithItsQuality() throws Exception {
    bench.allOnline();
    bench.node.bear(bench.out);
    bench.out.clear();
    bench.send(
        Lane.TELEMETRY,
        SparkplugBench.reading(
            11,
            "lamp-1",
            "level",
            new Reading.Bad(BadReason.DEVICE_SILENT, "no answer in 500 ms", TIME)));
    Metric metric = bench.out.payload("DDATA lamp-1").getMetrics(0);
    assertThat(metric.getIsNull()).isTrue();
    assertThat(Recorder.property(metric, "Quality").getIntValue()).isEqualTo(500);
    assertThat(Recorder.property(metric, "Detail").getStringValue())
        .isEqualTo("no answer in 500 ms");
  }

  @Test
  void aStampOfAnUntrustedClockSaysSo() throws Exception {
    bench.allOnline();
    bench.node.bear(bench.out);
    bench.out.clear();
    SampleTime doubtful = new SampleTime(TIME.instant(), TimeQuality.UNTRUSTED);
    bench.send(
        Lane.TELEMETRY,
        SparkplugBench.reading(
            11, "lamp-1", "level", new Reading.Good(new Value.Int(1), doubtful)));
    Metric metric = bench.out.payload("DDATA lamp-1").getMetrics(0);
    assertThat(Recorder.property(metric, "Time Quality").getStringValue()).isEqualTo("untrusted");
  }

  @Test
  void eventsAndResultsAreTextsOfTheNode() throws Exception {
    bench.node.bear(bench.out);
    bench.out.clear();
    CommandResult result =
        new CommandResult("c-7", CommandStatus.DONE, Optional.of(new Value.Int(50)), "", TIME);
    bench.send(Lane.ALARM, new Sequenced(11, InMemoryJournal.event(Lane.ALARM, "tilt")));
    bench.send(Lane.STATE, new Sequenced(12, InMemoryJournal.event(Lane.STATE, "device-offline")));
    bench.send(Lane.RESULT, new Sequenced(13, new JournalItem.Result(result)));
    assertThat(bench.out.payloads("NDATA"))
        .extracting(data -> data.getMetrics(0).getAlias())
        .containsExactly(
            SparkplugNodeMetric.ALARM.alias(),
            SparkplugNodeMetric.STATE.alias(),
            SparkplugNodeMetric.RESULT.alias());
    assertThat(bench.out.payloads("NDATA").get(2).getMetrics(0).getStringValue())
        .isEqualTo(
            "{\"seq\":13,\"id\":\"c-7\",\"status\":\"done\",\"value\":50,\"time\":1793534400000}");
    bench.out.clear();
    bench.node.bear(bench.out);
    assertThat(Recorder.metric(bench.out.payload("NBIRTH"), "Events/Alarm").getStringValue())
        .contains("\"type\":\"tilt\"");
  }

  @Test
  void aValueOfAnotherTypeIsDeclaredFirst() throws Exception {
    bench.allOnline();
    bench.node.bear(bench.out);
    bench.out.clear();
    bench.send(
        Lane.TELEMETRY,
        SparkplugBench.reading(11, "env-1", "label", new Value.Real(1)),
        SparkplugBench.reading(12, "env-1", "label", new Value.Text("dry")),
        SparkplugBench.reading(13, "env-1", "label", Bytes.ofHex("00ff")));
    assertThat(bench.out.kinds())
        .containsExactly(
            "DDATA env-1", "DBIRTH env-1", "DDATA env-1", "DBIRTH env-1", "DDATA env-1", "barrier");
    assertThat(bench.out.payloads("DBIRTH env-1"))
        .extracting(birth -> Recorder.metric(birth, "label").getDatatype())
        .containsExactly(DataType.String_VALUE, DataType.Bytes_VALUE);
    assertThat(bench.out.payloads("DDATA env-1").get(1).getMetrics(0).getStringValue())
        .isEqualTo("dry");
  }

  @Test
  void thePastOfADeviceThatIsGoneIsToldAfterABirthThatSaysStale() throws Exception {
    bench.node.bear(bench.out);
    bench.out.clear();
    bench.pole.journal.appendReadings(20);
    bench.send(Lane.TELEMETRY, SparkplugBench.reading(11, "lamp-1", "level", new Value.Int(1)));
    assertThat(bench.out.kinds()).containsExactly("DBIRTH lamp-1", "DDATA lamp-1", "barrier");
    Metric level = Recorder.metric(bench.out.payload("DBIRTH lamp-1"), "level");
    assertThat(level.getIsNull()).isTrue();
    assertThat(Recorder.property(level, "Quality").getIntValue()).isEqualTo(500);
    assertThat(bench.out.payload("DDATA lamp-1").getMetrics(0).getIsHistorical()).isTrue();
  }

  @Test
  void whatHasNoMetricTravelsAsText() throws Exception {
    bench.node.bear(bench.out);
    bench.out.clear();
    Reading silent = new Reading.Bad(BadReason.DEVICE_SILENT, "", TIME);
    bench.send(
        Lane.TELEMETRY,
        SparkplugBench.reading(11, "removed-1", "level", new Value.Int(1)),
        SparkplugBench.reading(12, "lamp-1", "removed", new Value.Int(1)),
        SparkplugBench.reading(13, "lamp-1", "level", silent));
    assertThat(bench.out.kinds()).containsExactly("NDATA", "barrier");
    assertThat(bench.out.payload("NDATA").getMetricsList())
        .hasSize(3)
        .allMatch(metric -> metric.getAlias() == SparkplugNodeMetric.UNASSIGNED.alias());
    assertThat(bench.out.payload("NDATA").getMetrics(0).getStringValue())
        .contains("\"device\":\"removed-1\"");
  }

  @Test
  void aBatchEndsAtItsSize() throws Exception {
    bench.allOnline();
    bench.node.bear(bench.out);
    bench.out.clear();
    String text = "x".repeat(10_000);
    List<Sequenced> items = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      items.add(SparkplugBench.reading(11 + i, "env-1", "label", new Value.Text(text)));
    }
    long last = bench.send(Lane.TELEMETRY, items.toArray(Sequenced[]::new));
    assertThat(last).isEqualTo(11 + 12);
    assertThat(bench.out.messages()).allMatch(message -> message.payload().length < 80_000);
    assertThat(bench.out.payloads("DDATA env-1")).hasSize(2);
  }
}
