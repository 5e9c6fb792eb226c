package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.polegate.api.config.Coding;
import io.polegate.api.config.Decoded;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.DriverException;
import io.polegate.config.GoldenPeer.Line;
import io.polegate.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames that makers and others published, in {@code golden/}: the real driver sends exactly them,
 * and what they answer means what the file says. Frames are hexadecimal with checksum, lines of the
 * serial driver are text without their end.
 */
final class GoldenFramesTest {
  private static final String SERIAL = "serial";
  private static final String MODBUS = "modbus-rtu-tcp";
  private static final String CARRIAGE_RETURN = "0D";

  static List<String> golden() throws IOException {
    return ShippedProfiles.golden();
  }

  /** Modbus frames are the same on a line and behind a serial server. */
  private static String driver(String id) {
    try {
      String first = ShippedProfiles.drivers(id).get(0);
      return first.startsWith("modbus") ? MODBUS : first;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void readsAsPublished(String id) throws Exception {
    for (Object each : ShippedProfiles.list(ShippedProfiles.golden(id).get("exchanges"))) {
      Map<?, ?> exchange = ShippedProfiles.table(each);
      List<String> points =
          ShippedProfiles.list(exchange.get("points")).stream().map(String::valueOf).toList();
      List<Line> script = script(id, exchange);
      try (GoldenPeer peer = peer(id, script);
          ProfileTalk talk = new ProfileTalk(document(id, peer, script))) {
        if (exchange.containsKey("answer")) {
          compare(talk.read(points), ShippedProfiles.table(exchange.get("values")), points);
        } else {
          assertThat(catchThrowable(() -> talk.read(points)))
              .isInstanceOf(DeviceSilentException.class);
          // the time-out may come before the peer has looked
          Await.until(
              "the request of " + id, () -> length(peer.heard()) >= length(peer.expected()));
        }
        assertThat(peer.heard()).isEqualTo(peer.expected());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void writesAsPublished(String id) throws Exception {
    for (Object each : ShippedProfiles.list(ShippedProfiles.golden(id).get("writes"))) {
      Map<?, ?> write = ShippedProfiles.table(each);
      String point = String.valueOf(write.get("point"));
      List<Line> script = script(id, write);
      try (GoldenPeer peer = peer(id, script);
          ProfileTalk talk = new ProfileTalk(document(id, peer, script))) {
        Throwable problem = catchThrowable(() -> talk.write(point, value(write.get("value"))));
        if (problem != null) {
          assertThat(problem).isInstanceOf(DriverException.class);
        }
        assertThat(peer.heard()).isEqualTo(peer.expected());
        assertThat(problem).isNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void looksForUnknownAddressesAsPublished(String id) throws Exception {
    Object published = ShippedProfiles.golden(id).get("find");
    if (published != null) {
      Map<?, ?> recipe = ShippedProfiles.table(ShippedProfiles.profile(id).get("address-change"));
      assertThat(Frames.read(String.valueOf(recipe.get("find")))).isEqualTo(published);
    }
  }

  private static ProfileDocument document(String id, GoldenPeer peer, List<Line> script)
      throws Exception {
    Map<String, Object> bus = new LinkedHashMap<>();
    if (driver(id).equals(MODBUS)) {
      bus.put("host", "127.0.0.1");
      bus.put("port", Integer.valueOf(peer.place()));
    } else {
      bus.put("port", peer.place());
      bus.put("parity", "none"); // a pseudo-terminal has none
    }
    boolean answered = script.stream().noneMatch(line -> line.answer().isEmpty());
    bus.put("timeout", answered ? "10s" : "400ms");
    return ProfileDocument.of(id, driver(id), bus, Map.of());
  }

  private static int length(List<String> frames) {
    return String.join(" ", frames).length();
  }

  private static GoldenPeer peer(String id, List<Line> script) throws Exception {
    return driver(id).equals(MODBUS) ? GoldenPeer.behindPort(script) : GoldenPeer.onLine(script);
  }

  /** Requests with their answers; a write without answers is acknowledged by its echo. */
  private static List<Line> script(String id, Map<?, ?> golden) {
    List<String> requests = texts(golden.get("request"));
    boolean echo = golden.containsKey("point") && !golden.containsKey("answer");
    List<String> answers = echo ? requests : texts(golden.get("answer"));
    List<Line> script = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      String answer = i < answers.size() ? wire(id, answers.get(i)) : "";
      script.add(new Line(wire(id, requests.get(i)), answer));
    }
    return script;
  }

  private static String wire(String id, String frame) {
    return driver(id).equals(SERIAL)
        ? HexFormat.of().formatHex(frame.getBytes(StandardCharsets.US_ASCII)) + CARRIAGE_RETURN
        : frame;
  }

  private static List<String> texts(@Nullable Object node) {
    if (node instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return node == null ? List.of() : List.of(String.valueOf(node));
  }

  private static void compare(Map<String, Decoded> shown, Map<?, ?> published, List<String> ids) {
    assertThat(published.keySet().stream().map(String::valueOf))
        .as("values are published of points that are read")
        .isSubsetOf(ids)
        .isNotEmpty();
    published.forEach(
        (point, expected) -> {
          Decoded decoded = shown.get(String.valueOf(point));
          assertThat(decoded).as(String.valueOf(point)).isInstanceOf(Decoded.Good.class);
          if (decoded instanceof Decoded.Good good) {
            assertSame(String.valueOf(point), good.value(), value(expected));
          }
        });
  }

  private static void assertSame(String point, Value shown, Value expected) {
    if (expected.type().isNumber()) {
      double number = Coding.number(expected);
      Offset<Double> digits = Offset.offset(Math.abs(number) * 1e-9);
      assertThat(Coding.number(shown)).as(point).isCloseTo(number, digits);
    } else {
      assertThat(shown).as(point).isEqualTo(expected);
    }
  }

  private static Value value(@Nullable Object node) {
    if (node instanceof Boolean state) {
      return new Value.Bool(state);
    }
    if (node instanceof Number number) {
      return number instanceof Integer || number instanceof Long
          ? new Value.Int(number.longValue())
          : new Value.Real(number.doubleValue());
    }
    return new Value.Text(String.valueOf(node));
  }
}
