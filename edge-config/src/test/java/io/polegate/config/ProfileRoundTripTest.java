package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.Coding;
import io.polegate.api.config.Coding.RawRange;
import io.polegate.api.config.Decoded;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Value;
import io.polegate.testkit.modbus.Framing;
import io.polegate.testkit.modbus.ModbusTcpPeer;
import io.polegate.testkit.modbus.ProfileSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A device made from each Modbus profile by an independent encoder, read and written by the real
 * driver over a real connection: every point shows what was put in, and keeps what is written.
 */
final class ProfileRoundTripTest {
  private static final String RTU = "modbus-rtu-tcp";
  private static final String TCP = "modbus-tcp";

  static List<String> modbus() throws IOException {
    return ShippedProfiles.ids().stream().filter(id -> !driver(id).isEmpty()).toList();
  }

  private static String driver(String id) {
    try {
      List<String> drivers = ShippedProfiles.drivers(id);
      return drivers.contains(RTU) ? RTU : drivers.contains(TCP) ? TCP : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One connection to one simulated device. */
  private record Session(ProfileSimulator device, List<PointSpec> points, ProfileTalk talk) {}

  @FunctionalInterface
  private interface Trial {
    void on(Session session) throws Exception;
  }

  @ParameterizedTest
  @MethodSource("modbus")
  void everyPointShowsWhatTheDeviceHas(String id) throws Exception {
    forEachPart(
        id,
        session -> {
          for (int round = 0; round < session.device().rounds(); round++) {
            Map<String, Value> expected = session.device().play(round);
            compare(session.talk().read(readable(session)), expected);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("modbus")
  void whatIsWrittenIsThereAndIsReadBack(String id) throws Exception {
    forEachPart(
        id,
        session -> {
          for (PointSpec point : session.points()) {
            if (point.access().writable()) {
              write(session, point);
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("modbus")
  void aNumberThatStandsForAFaultIsNoValue(String id) throws Exception {
    forEachPart(
        id,
        session -> {
          for (PointSpec point : session.points()) {
            for (RawRange range : sentinels(point)) {
              session.device().play(0);
              session.device().put(point.id(), new Value.Int((long) range.from()));
              assertThat(session.talk().read(readable(session)).get(point.id()))
                  .as(point.id())
                  .isInstanceOf(Decoded.Bad.class);
            }
          }
        });
  }

  private static List<RawRange> sentinels(PointSpec point) {
    return Stream.concat(point.coding().fault().stream(), point.coding().absent().stream())
        .toList();
  }

  private static void write(Session session, PointSpec point) throws Exception {
    List<String> concerned = concerned(session, point);
    for (int round = 0; round < Math.max(2, point.coding().values().size()); round++) {
      session.device().play(round);
      Map<String, Decoded> scales = session.talk().read(concerned);
      Value value = session.device().writable(point.id(), round + 1);
      session.talk().write(point.id(), value);
      assertThat(session.device().shown(point.id()))
          .as(point.id() + " on the device")
          .hasValueSatisfying(shown -> assertSame(point.id(), shown, value));
      if (scales.containsKey(point.id())) {
        compare(session.talk().read(concerned), Map.of(point.id(), value), point.id());
      }
    }
  }

  /** The point, if it can be read, and those that tell its scale. */
  private static List<String> concerned(Session session, PointSpec point) {
    Set<String> scales =
        point.coding().factors().stream().map(Coding.Factor::point).collect(Collectors.toSet());
    return readable(session).stream()
        .filter(id -> id.equals(point.id()) || scales.contains(id))
        .toList();
  }

  private static List<String> readable(Session session) {
    return session.points().stream()
        .filter(point -> point.access().readable())
        .map(PointSpec::id)
        .toList();
  }

  private static void compare(Map<String, Decoded> shown, Map<String, Value> expected) {
    compare(shown, expected, shown.keySet().toArray(new String[0]));
  }

  private static void compare(
      Map<String, Decoded> shown, Map<String, Value> expected, String... ids) {
    for (String id : ids) {
      Value wanted = expected.get(id);
      Decoded decoded = shown.get(id);
      if (wanted == null) {
        assertThat(decoded).as(id).isInstanceOf(Decoded.Bad.class);
      } else {
        assertThat(decoded).as(id).isInstanceOf(Decoded.Good.class);
        if (decoded instanceof Decoded.Good good) {
          assertSame(id, good.value(), wanted);
        }
      }
    }
  }

  private static void assertSame(String point, Value shown, Value expected) {
    if (expected.type().isNumber()) {
      double number = Coding.number(expected);
      assertThat(Coding.number(shown))
          .as(point)
          .isCloseTo(number, Offset.offset(1e-9 + Math.abs(number) * 1e-6));
    } else {
      assertThat(shown).as(point).isEqualTo(expected);
    }
  }

  /** As it is, and with each choice of each option. */
  private static void forEachPart(String id, Trial trial) throws Exception {
    forEachPart(id, Map.of(), trial);
    for (Map.Entry<String, List<String>> option : ShippedProfiles.options(id).entrySet()) {
      for (String choice : option.getValue()) {
        forEachPart(id, Map.of("options", Map.of(option.getKey(), choice)), trial);
      }
    }
  }

  private static void forEachPart(String id, Map<String, ?> keys, Trial trial) throws Exception {
    DeviceSpec device = document(id, keys, 1).device();
    boolean either = "either".equals(device.settings().texts().get("registers"));
    for (List<PointSpec> part : ProfileSimulator.parts(device)) {
      trial(id, keys, part, new ProfileSimulator(device, part, false), trial);
      if (either) {
        trial(id, keys, part, new ProfileSimulator(device, part, true), trial);
      }
    }
  }

  private static void trial(
      String id, Map<String, ?> keys, List<PointSpec> part, ProfileSimulator simulated, Trial trial)
      throws Exception {
    Framing framing = driver(id).equals(RTU) ? Framing.RTU : Framing.MBAP;
    Map<String, String> settings = document(id, keys, 1).device().settings().texts();
    int unit = Integer.decode(settings.getOrDefault("unit", "1"));
    try (ModbusTcpPeer peer = new ModbusTcpPeer(0, framing, Map.of(unit, simulated.unit()));
        ProfileTalk talk = new ProfileTalk(document(id, keys, peer.port()))) {
      trial.on(new Session(simulated, part, talk));
    }
  }

  private static ProfileDocument document(String id, Map<String, ?> keys, int port)
      throws IOException {
    Map<String, Object> bus = new LinkedHashMap<>();
    bus.put("host", "127.0.0.1");
    bus.put("port", port);
    if (driver(id).equals(RTU)) {
      bus.put("baud", 115_200);
    }
    bus.put("gap", "0ms");
    bus.put("timeout", "10s"); // nobody is silent, but the machine may be busy
    return ProfileDocument.of(id, driver(id), bus, keys);
  }
}
