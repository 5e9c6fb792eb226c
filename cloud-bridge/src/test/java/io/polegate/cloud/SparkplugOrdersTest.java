package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.polegate.api.command.Command;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;
import io.polegate.cloud.SparkplugOrders.Order;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.junit.jupiter.api.Test;

final class SparkplugOrdersTest {
  private static final Instant NOW = InMemoryJournal.NOON;
  private static final Command.Origin CITY = new Command.Origin(Command.Origin.Kind.CLOUD, "city");

  private final SparkplugModel model = SparkplugModel.of(SparkplugPole.SPEC);
  private final SparkplugTypes types = new SparkplugTypes();
  private final SparkplugAliases aliases = new SparkplugAliases();
  private final SparkplugOrders orders = new SparkplugOrders(Duration.ofSeconds(30), CITY);

  @Test
  void aMetricWithItsTimestampIsACommandWithADeadline() {
    know("level", new Value.Int(0));
    Command command = act(level().setLongValue(50));
    assertThat(command.device()).isEqualTo("lamp-1");
    assertThat(command.point()).isEqualTo("level");
    assertThat(command.value()).isEqualTo(new Value.Int(50));
    assertThat(command.deadline()).isEqualTo(NOW.plusSeconds(30));
    assertThat(command.origin()).isEqualTo(CITY);
    assertThat(command.id()).matches("lamp-1/level@1793534400000#[0-9a-f]{16}");
  }

  @Test
  void theSameCommandHasTheSameIdAndAnyOtherAnother() {
    know("level", new Value.Int(0));
    String id = act(level().setLongValue(50)).id();
    assertThat(act(level().setLongValue(50)).id()).isEqualTo(id);
    assertThat(act(level().setLongValue(51)).id()).isNotEqualTo(id);
    assertThat(act(level().setLongValue(50).setTimestamp(NOW.toEpochMilli() - 1)).id())
        .isNotEqualTo(id);
  }

  @Test
  void anAliasNamesItsMetricAndGivesTheSameCommand() {
    know("level", new Value.Int(0));
    SparkplugModel.Device lamp = model.device("lamp-1").orElseThrow();
    aliases.give(lamp);
    aliases.give(lamp);
    long alias = aliases.of("lamp-1", point("level"));
    Command byAlias = act(level().clearName().setAlias(alias).setLongValue(50));
    assertThat(byAlias).isEqualTo(act(level().setLongValue(50)));
  }

  @Test
  void withoutATimestampOfItsOwnThatOfThePayloadCounts() {
    know("level", new Value.Int(0));
    Payload payload =
        Payload.newBuilder()
            .setTimestamp(NOW.toEpochMilli() - 5)
            .addMetrics(level().clearTimestamp().setLongValue(50))
            .build();
    assertThat(device(payload.toByteArray()).get(0))
        .isInstanceOfSatisfying(
            Order.Act.class,
            act ->
                assertThat(act.command().deadline()).isEqualTo(NOW.minusMillis(5).plusSeconds(30)));
  }

  @Test
  void aCommandWithoutAnyTimestampIsMalformed() {
    assertMalformed(level().clearTimestamp().setLongValue(50), "timestamp");
  }

  @Test
  void aTimestampFarAheadIsMalformed() {
    long limit = NOW.plusSeconds(30).toEpochMilli();
    assertThat(act(level().setTimestamp(limit).setLongValue(50))).isNotNull();
    assertMalformed(level().setTimestamp(limit + 1).setLongValue(50), "future");
    assertMalformed(level().setTimestamp(-1).setLongValue(50), "future");
    assertMalformed(level().setTimestamp(Long.MAX_VALUE).setLongValue(50), "future");
  }

  @Test
  void aStaleCommandKeepsItsDeadlineSoThatTheGatewayRefusesIt() {
    Command stale = act(level().setTimestamp(0).setLongValue(50));
    assertThat(stale.deadline()).isEqualTo(Instant.EPOCH.plusSeconds(30));
  }

  @Test
  void numbersComeAsAnyKindOfNumber() {
    know("level", new Value.Int(0));
    Value fifty = new Value.Int(50);
    assertThat(act(level().setIntValue(50)).value()).isEqualTo(fifty);
    assertThat(act(level().setDoubleValue(50)).value()).isEqualTo(fifty);
    assertThat(act(level().setFloatValue(50)).value()).isEqualTo(fifty);
    assertThat(act(level().setIntValue(-1)).value()).isEqualTo(new Value.Int(-1));
    assertThat(act(level().setDatatype(DataType.UInt32_VALUE).setIntValue(-1)).value())
        .isEqualTo(new Value.Int(4294967295L));
    know("level", new Value.Real(0.5));
    assertThat(act(level().setLongValue(50)).value()).isEqualTo(new Value.Real(50));
    assertThat(act(level().setFloatValue(0.1f)).value()).isEqualTo(new Value.Real(0.1));
  }

  @Test
  void aPointOfWhichNothingIsKnownTakesAnyKindOfValue() {
    assertThat(act(level().setBooleanValue(true)).value()).isEqualTo(new Value.Bool(true));
    assertThat(act(level().setStringValue("on")).value()).isEqualTo(new Value.Text("on"));
    assertThat(act(level().setBytesValue(ByteString.copyFrom(new byte[] {1}))).value())
        .isEqualTo(Bytes.ofHex("01"));
  }

  @Test
  void aValueOfAnotherTypeIsMalformed() {
    know("level", new Value.Int(0));
    assertMalformed(level().setBooleanValue(true), "type");
    assertMalformed(level().setStringValue("50"), "type");
    assertMalformed(level().setDoubleValue(0.5), "type");
    assertMalformed(level().setDoubleValue(Double.NaN), "type");
    assertMalformed(level().setFloatValue(Float.POSITIVE_INFINITY), "type");
    assertMalformed(level().setIsNull(true), "type");
  }

  @Test
  void unknownMetricsAndDevicesAreMalformed() {
    assertMalformed(level().setName("colour").setLongValue(1), "metric");
    assertMalformed(level().setName("x".repeat(10_000)).setLongValue(1), "metric");
    assertMalformed(level().clearName().setAlias(4_711).setLongValue(1), "metric");
    assertMalformed(level().clearName().setLongValue(1), "metric");
    assertThat(orders.device(new byte[0], Optional.empty(), types, aliases, NOW).get(0))
        .isInstanceOf(Order.Malformed.class);
  }

  @Test
  void aNodeIsOnlyAskedForBirths() {
    assertThat(node(Metric.newBuilder().setName("Node Control/Rebirth").setBooleanValue(true)))
        .isInstanceOf(Order.Rebirth.class);
    assertThat(node(Metric.newBuilder().setName("Node Control/Rebirth").setBooleanValue(false)))
        .isInstanceOf(Order.Malformed.class);
    assertThat(node(Metric.newBuilder().setName("Node Control/Reboot").setBooleanValue(true)))
        .isInstanceOf(Order.Malformed.class);
  }

  @Test
  void severalMetricsAreSeveralCommandsUpToABound() {
    Payload.Builder many = Payload.newBuilder();
    for (int i = 0; i < 64; i++) {
      many.addMetrics(level().setLongValue(i));
    }
    assertThat(device(many.build().toByteArray())).hasSize(64);
    many.addMetrics(level().setLongValue(64));
    assertThat(device(many.build().toByteArray()))
        .singleElement()
        .isInstanceOf(Order.Malformed.class);
    assertThat(device(Payload.getDefaultInstance().toByteArray()))
        .singleElement()
        .isInstanceOf(Order.Malformed.class);
  }

  @Test
  void whatIsNoPayloadIsMalformed() {
    assertThat(device("{\"value\":1}".getBytes(StandardCharsets.UTF_8)))
        .singleElement()
        .isInstanceOf(Order.Malformed.class);
    assertThat(device(new byte[SparkplugOrders.MAX_BYTES + 1]))
        .singleElement()
        .isInstanceOf(Order.Malformed.class);
  }

  @Test
  void noiseNeverThrows() {
    byte[] good = Payload.newBuilder().addMetrics(level().setLongValue(1)).build().toByteArray();
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = i % 2 == 0 ? good.clone() : new byte[random.nextInt(200)];
      if (i % 2 == 0) {
        noise[random.nextInt(noise.length)] = (byte) random.nextInt();
      } else {
        random.nextBytes(noise);
      }
      assertThat(device(noise)).isNotEmpty();
      assertThat(orders.node(noise)).isNotEmpty();
    }
  }

  private void know(String point, Value value) {
    types.declare(
        "lamp-1", point(point).point(), Optional.of(new Reading.Good(value, InMemoryJournal.TIME)));
  }

  private SparkplugModel.Metric point(String point) {
    return model
        .device("lamp-1")
        .flatMap(lamp -> Optional.ofNullable(lamp.metrics().get(point)))
        .orElseThrow();
  }

  private static Metric.Builder level() {
    return Metric.newBuilder().setName("level").setTimestamp(NOW.toEpochMilli());
  }

  private Order node(Metric.Builder metric) {
    return orders.node(Payload.newBuilder().addMetrics(metric).build().toByteArray()).get(0);
  }

  private List<Order> device(byte[] payload) {
    return orders.device(payload, model.device("lamp-1"), types, aliases, NOW);
  }

  private Command act(Metric.Builder metric) {
    Order order = device(Payload.newBuilder().addMetrics(metric).build().toByteArray()).get(0);
    if (order instanceof Order.Act act) {
      return act.command();
    }
    throw new AssertionError("no command: " + order);
  }

  private void assertMalformed(Metric.Builder metric, String why) {
    assertThat(device(Payload.newBuilder().addMetrics(metric).build().toByteArray()))
        .singleElement()
        .isInstanceOfSatisfying(
            Order.Malformed.class, malformed -> assertThat(malformed.problem()).contains(why));
  }
}
