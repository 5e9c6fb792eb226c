package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import io.polegate.api.live.DeviceStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.junit.jupiter.api.Test;

/** Births as they go over the wire, decoded again. */
final class SparkplugBirthsTest {
  private static final SampleTime TIME = InMemoryJournal.TIME;

  private final SparkplugBench bench;

  SparkplugBirthsTest() throws Exception {
    bench = new SparkplugBench();
  }

  @Test
  void theNodeIsBornWithEverythingItEverReports() throws Exception {
    bench.node.bear(bench.out);
    Payload birth = bench.out.payload("NBIRTH");
    assertThat(birth.getSeq()).isZero();
    assertThat(birth.getTimestamp()).isEqualTo(bench.clock.instant().toEpochMilli());
    assertThat(birth.getMetricsList())
        .extracting(Metric::getName)
        .containsExactly(
            "bdSeq",
            "Node Control/Rebirth",
            "Properties/Product",
            "Properties/Pole",
            "Properties/Name",
            "Clock/Trusted",
            "Journal/Backlog",
            "Events/Alarm",
            "Events/State",
            "Commands/Result",
            "Journal/Unassigned");
    assertThat(birth.getMetricsList()).allMatch(Metric::hasTimestamp).allMatch(Metric::hasDatatype);
    Metric rebirth = Recorder.metric(birth, "Node Control/Rebirth");
    assertThat(rebirth.getDatatype()).isEqualTo(DataType.Boolean_VALUE);
    assertThat(rebirth.getBooleanValue()).isFalse();
    assertThat(rebirth.hasBooleanValue()).isTrue();
    assertThat(rebirth.hasAlias()).isFalse();
    assertThat(Recorder.metric(birth, "bdSeq").getDatatype()).isEqualTo(DataType.Int64_VALUE);
    assertThat(Recorder.metric(birth, "Events/Alarm").getIsNull()).isTrue();
    assertThat(Recorder.metric(birth, "Properties/Name").getStringValue()).isEqualTo("Pole one");
  }

  @Test
  void birthsAreNeitherRetainedNorAcknowledged() throws Exception {
    bench.node.bear(bench.out);
    assertThat(bench.out.messages()).allMatch(message -> message.qos() == 0 && !message.retained());
  }

  @Test
  void aDeviceIsBornWithEachPointAndItsPresentValue() throws Exception {
    bench.pole.live.state("lamp-1", DeviceStatus.State.ONLINE);
    bench.pole.live.say("lamp-1", "level", SparkplugBench.good(new Value.Int(80)));
    bench.pole.live.say(
        "lamp-1", "power", new Reading.Bad(BadReason.SENSOR_FAULT, "no sensor", TIME));
    bench.node.bear(bench.out);
    Payload birth = bench.out.payload("DBIRTH lamp-1");
    assertThat(birth.getSeq()).isEqualTo(1);
    assertThat(birth.getMetricsList())
        .extracting(Metric::getName)
        .containsExactly("Properties/Name", "Properties/Profile", "level", "power");
    Metric level = Recorder.metric(birth, "level");
    assertThat(level.getLongValue()).isEqualTo(80);
    assertThat(level.getDatatype()).isEqualTo(DataType.Int64_VALUE);
    assertThat(level.getTimestamp()).isEqualTo(TIME.instant().toEpochMilli());
    assertThat(Recorder.property(level, "engUnit").getStringValue()).isEqualTo("%");
    assertThat(Recorder.property(level, "engHigh").getDoubleValue()).isEqualTo(100);
    assertThat(Recorder.property(level, "readOnly").getBooleanValue()).isFalse();
    assertThat(Recorder.property(level, "Quality").getIntValue()).isEqualTo(192);
    Metric power = Recorder.metric(birth, "power");
    assertThat(power.getIsNull()).isTrue();
    assertThat(power.getValueCase()).isEqualTo(Metric.ValueCase.VALUE_NOT_SET);
    assertThat(power.getDatatype()).isEqualTo(DataType.Double_VALUE);
    assertThat(Recorder.property(power, "Quality").getIntValue()).isZero();
    assertThat(Recorder.property(power, "Quality").getType()).isEqualTo(DataType.Int32_VALUE);
    assertThat(Recorder.property(power, "Reason").getStringValue()).isEqualTo("sensor-fault");
  }

  @Test
  void aPointThatSaidNothingYetIsStale() throws Exception {
    bench.pole.live.state("env-1", DeviceStatus.State.ONLINE);
    bench.node.bear(bench.out);
    Metric door = Recorder.metric(bench.out.payload("DBIRTH env-1"), "door");
    assertThat(door.getIsNull()).isTrue();
    assertThat(door.getDatatype()).isEqualTo(DataType.Boolean_VALUE);
    assertThat(Recorder.property(door, "Quality").getIntValue()).isEqualTo(500);
  }

  @Test
  void everyPropertyHasATypeAndEveryKeyAValue() throws Exception {
    bench.allOnline();
    bench.node.bear(bench.out);
    for (Payload birth : bench.births()) {
      for (Metric metric : birth.getMetricsList()) {
        Payload.PropertySet set = metric.getProperties();
        assertThat(set.getKeysCount()).isEqualTo(set.getValuesCount());
        assertThat(set.getValuesList()).allMatch(Payload.PropertyValue::hasType);
        assertThat(DataType.forNumber(metric.getDatatype())).isNotNull();
      }
    }
  }

  @Test
  void aliasesAreUniqueAndNamesDifferInMoreThanCase() throws Exception {
    bench.allOnline();
    bench.node.bear(bench.out);
    List<Long> aliases = new ArrayList<>();
    for (Payload birth : bench.births()) {
      Set<String> names = new HashSet<>();
      for (Metric metric : birth.getMetricsList()) {
        assertThat(names.add(metric.getName().toLowerCase(Locale.ROOT))).isTrue();
        if (!metric.getName().equals("Node Control/Rebirth")) {
          assertThat(metric.hasAlias()).isTrue();
          aliases.add(metric.getAlias());
        }
      }
    }
    assertThat(aliases).doesNotHaveDuplicates().hasSizeGreaterThan(15);
  }
}
