package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Mosquitto;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.tahu.message.model.MetricDataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The uplink against real brokers. */
final class SparkplugUplinkTest {
  private static final byte[] REBIRTH =
      Payload.newBuilder()
          .addMetrics(Metric.newBuilder().setName("Node Control/Rebirth").setBooleanValue(true))
          .build()
          .toByteArray();

  private Mosquitto broker;
  private SequenceWatch watch;
  private SparkplugPole pole;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    broker = Mosquitto.start(folder, SequenceWatch.KEEP);
    watch = new SequenceWatch(broker.url(), "street");
    pole = new SparkplugPole();
  }

  @AfterEach
  void stop() throws Exception {
    pole.close();
    watch.close();
    broker.close();
  }

  @Test
  void theConnectPacketIsAsTheSpecificationWants() throws Exception {
    try (ConnectPackets packets = new ConnectPackets()) {
      pole.connect(packets.url());
      Await.until("a CONNECT", () -> !packets.seen().isEmpty());
      ConnectPackets.Connect connect = packets.seen().get(0);
      assertThat(connect.level()).isEqualTo(4);
      assertThat(connect.client()).isEqualTo("P-1-city");
      assertThat(connect.cleanSession()).isTrue();
      assertThat(connect.hasWill()).isTrue();
      assertThat(connect.willQos()).isEqualTo(1);
      assertThat(connect.willRetained()).isFalse();
      assertThat(connect.willTopic()).isEqualTo("spBv1.0/street/NDEATH/P-1");
      byte[] will = connect.will().getBytes(StandardCharsets.ISO_8859_1);
      assertThat(Recorder.payload(will).getMetrics(0).getName()).isEqualTo("bdSeq");
    }
  }

  @Test
  void whenTheLineBreaksTheBrokerSaysTheDeathOfThatSession() throws Exception {
    try (FaultyLine line = new FaultyLine(broker.port())) {
      pole.connect(line.url());
      for (int session = 0; session < 4; session++) {
        long births = session + 1L;
        Await.until("a birth", () -> watch.count("NBIRTH") == births);
        line.breakNow();
      }
      Await.until("the last birth", () -> watch.count("NBIRTH") == 5);
      List<Long> numbers =
          watch.seen().stream()
              .filter(seen -> seen.kind().startsWith("N") && seen.payload().getMetricsCount() > 0)
              .filter(seen -> seen.kind().equals("NBIRTH") || seen.kind().equals("NDEATH"))
              .map(seen -> Recorder.metric(seen.payload(), "bdSeq").getLongValue())
              .toList();
      assertThat(numbers).containsExactly(0L, 0L, 1L, 1L, 2L, 2L, 3L, 3L, 4L);
      assertThat(watch.faults()).isEmpty();
    }
  }

  @Test
  void aPlannedEndIsADeathAndADisconnect() {
    pole.connect(broker.url());
    Await.until("the birth", () -> watch.count("NBIRTH") == 1);
    pole.close();
    Await.until("the death", () -> watch.count("NDEATH") >= 1);
    // without a DISCONNECT the broker would say it a second time
    broker.stop();
    assertThat(watch.count("NDEATH")).isEqualTo(1);
  }

  @Test
  void theNodeGoesToTheBrokerAtWhichItsHostIs(@TempDir Path other) throws Exception {
    try (Mosquitto second = Mosquitto.start(other, SequenceWatch.KEEP);
        SequenceWatch there = new SequenceWatch(second.url(), "street")) {
      state(watch, false, 1);
      state(there, true, 1);
      pole.connect(broker.url() + ", " + second.url(), "primary-host", "city");
      Await.until("births at the second", () -> there.count("NBIRTH") == 1);
      assertThat(watch.count("NBIRTH")).isZero();

      state(watch, true, 2);
      state(there, false, 2);
      Await.until("births at the first", () -> watch.count("NBIRTH") == 1);
      assertThat(there.count("NDEATH")).isEqualTo(1);
      pole.lamp(1);
      Await.until("data at the first", () -> watch.count("DDATA lamp-1") == 1);
      assertThat(there.count("DDATA lamp-1")).isZero();
      assertThat(watch.faults()).isEmpty();
      assertThat(there.faults()).isEmpty();
    }
  }

  @Test
  void whatIsJournalledWhileTheHostIsAwayWaits() throws Exception {
    pole.connect(broker.url(), "primary-host", "city");
    pole.awaitConnected();
    pole.lamp(7);
    pole.journal.appendReadings(20);
    assertThat(pole.status().pending()).isEqualTo(21);
    assertThat(watch.seen()).isEmpty();
    state(watch, true, 1);
    pole.awaitDrained();
    Await.until("the data", () -> watch.count("DDATA lamp-1") > 0);
    assertThat(watch.seen().stream().filter(seen -> seen.kind().startsWith("DDATA")))
        .flatExtracting(seen -> seen.payload().getMetricsList())
        .hasSize(21)
        .allMatch(Metric::getIsHistorical);
  }

  @Test
  void aStormOfRequestsGivesOneBirth() throws Exception {
    pole.connect(broker.url());
    Await.until("the birth", () -> watch.count("NBIRTH") == 1);
    for (int i = 0; i < 300; i++) {
      watch.publish("spBv1.0/street/NCMD/P-1", REBIRTH, false);
    }
    Await.until("the next birth", () -> watch.count("NBIRTH") == 2);
    pole.lamp(1);
    Await.until("data", () -> watch.count("DDATA lamp-1") == 1);
    assertThat(watch.count("NBIRTH")).isEqualTo(2);
    assertThat(watch.faults()).isEmpty();
  }

  @Test
  @ResourceLock(TahuHost.ONE_AT_A_TIME)
  void aHostByOthersWritesALampOnceAndStrangersDoNot() throws Exception {
    try (TahuHost host = new TahuHost("desk", "yard", broker.url())) {
      pole.lamp(10);
      pole.connect(broker.url(), "primary-host", "desk", "group", "yard");
      Await.until(
          "the host knows the lamp",
          () -> host.happened().contains("onDeviceBirthComplete yard/P-1/lamp-1"));
      watch.publish("spBv1.0/yard/DCMD/P-1/lamp-1", new byte[] {1, 2, 3}, false);
      watch.publish("spBv1.0/yard/DCMD/P-1/nobody", REBIRTH, false);
      watch.publish("spBv1.0/yard/DCMD/P-1/lamp-1", new byte[100_000], false);
      Instant now = Instant.now();
      host.command("lamp-1", "level", MetricDataType.Int64, 55L, now);
      host.command("lamp-1", "level", MetricDataType.Int64, 55L, now);
      host.command("lamp-1", "level", MetricDataType.Int64, 60L, now);
      Await.until("both commands", () -> pole.commands.done().size() == 2);
      Await.until(
          "their results",
          () ->
              host.told().stream().filter(one -> one.name().equals("Commands/Result")).count()
                  == 2);
      assertThat(pole.commands.done())
          .extracting(command -> command.deadline())
          .containsOnly(Instant.ofEpochMilli(now.toEpochMilli()).plusSeconds(30));
      Await.until(
          "the refusals are told",
          () ->
              host.told().stream()
                  .anyMatch(one -> one.value().toString().contains("command-malformed")));
      assertThat(pole.status().connected()).isTrue();
    }
  }

  @Test
  void aRetainedCommandDoesNotActAndIsTold() throws Exception {
    byte[] command =
        Payload.newBuilder()
            .addMetrics(
                Metric.newBuilder()
                    .setName("level")
                    .setTimestamp(System.currentTimeMillis())
                    .setLongValue(5))
            .build()
            .toByteArray();
    watch.publish("spBv1.0/street/DCMD/P-1/lamp-1", command, true);
    pole.lamp(1);
    pole.connect(broker.url());
    Await.until("it is told", () -> watch.count("NDATA") > 0);
    pole.awaitDrained();
    assertThat(pole.commands.entered()).isZero();

    watch.publish("spBv1.0/street/DCMD/P-1/lamp-1", command, false);
    Await.until("the fresh one acts", () -> pole.commands.done().size() == 1);
  }

  private static void state(SequenceWatch at, boolean online, long timestamp) throws Exception {
    String text = "{\"online\":" + online + ",\"timestamp\":" + timestamp + "}";
    at.publish("spBv1.0/STATE/city", text.getBytes(StandardCharsets.UTF_8), true);
  }
}
