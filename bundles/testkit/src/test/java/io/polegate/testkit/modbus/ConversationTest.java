package io.polegate.testkit.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.modbus.Fault.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults as bytes; the right answer is 01 03 02 00 07 with its CRC F9 86. */
class ConversationTest {
  private static final String REQUEST = "01 03 00 00 00 01 84 0A";

  private final ModbusUnit unit = new ModbusUnit().set(Table.HOLDING, 0, 7);
  private final ModbusUnit other = new ModbusUnit().set(Table.HOLDING, 0, 8);
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Conversation line = new Conversation(Framing.RTU, Map.of(1, unit, 2, other), said);

  @ParameterizedTest
  @CsvSource({
    "NONE,              01 03 02 00 07 F9 86",
    "SILENCE,           ''",
    "CORRUPT,           01 03 02 01 07 F9 86",
    "DUPLICATE,         01 03 02 00 07 F9 86 01 03 02 00 07 F9 86",
    "NOISE,             00 FF 13 03 7E 01 03 02 00 07 F9 86",
    "HALF_FRAME,        01 03 02",
    "RESET,             ''",
    "HELD_BACK,         ''",
    "SPLIT,             01 03 02 00 07 F9 86",
  })
  void eachFaultIsWhatItSays(Kind kind, String bytes) throws Exception {
    unit.fail(Fault.of(kind));
    Conversation.End end = ask(REQUEST);
    assertThat(heard()).isEqualTo(bytes);
    assertThat(end)
        .isEqualTo(
            switch (kind) {
              case HALF_FRAME -> Conversation.End.CLOSE;
              case RESET -> Conversation.End.RESET;
              default -> Conversation.End.NONE;
            });
  }

  @Test
  void framesOfOthersAreIntact() throws Exception {
    for (Kind kind : List.of(Kind.WRONG_UNIT, Kind.WRONG_FUNCTION, Kind.WRONG_COUNT)) {
      unit.fail(Fault.of(kind));
      Conversation.End ignored = ask(REQUEST);
      assertThat(RtuFrames.intact(said.toByteArray())).as(kind.name()).isTrue();
      assertThat(heard()).isNotEqualTo("01 03 02 00 07 F9 86");
    }
  }

  @Test
  void aHeldBackAnswerComesBeforeThatOfAnotherUnit() throws Exception {
    unit.fail(Fault.of(Kind.HELD_BACK), 1);
    Conversation.End first = ask(REQUEST);
    Conversation.End second = ask("02 03 00 00 00 01 84 39");
    assertThat(heard()).startsWith("01 03 02 00 07 F9 86 02 03 02 00 08");
    assertThat(List.of(first, second)).containsOnly(Conversation.End.NONE);
  }

  @Test
  void aBroadcastIsObeyedByAllAndAnsweredByNobody() throws Exception {
    Conversation.End ignored =
        ask(HexFormat.ofDelimiter(" ").formatHex(RtuFrames.frame(0, new byte[] {6, 0, 0, 0, 9})));
    assertThat(heard()).isEmpty();
    assertThat(unit.get(Table.HOLDING, 0)).isEqualTo(9);
    assertThat(other.get(Table.HOLDING, 0)).isEqualTo(9);
  }

  @Test
  void asciiIsSpokenInDigits() throws Exception {
    Conversation ascii = new Conversation(Framing.ASCII, Map.of(1, unit), said);
    byte[] request = "noise:010300000001FB\r\n".getBytes(StandardCharsets.US_ASCII);
    Conversation.End ignored = ascii.take(request, request.length);
    assertThat(said.toString(StandardCharsets.US_ASCII)).isEqualTo(":0103020007F3\r\n");
  }

  @Test
  void mixedFaultsAreTheSameForTheSameSeedAndOfEveryKind() {
    List<Kind> kinds = List.copyOf(EnumSet.complementOf(EnumSet.of(Kind.NONE)));
    assertThat(drawn(1, kinds)).isEqualTo(drawn(1, kinds)).isNotEqualTo(drawn(2, kinds));
    MixedFaults mixed = new MixedFaults(3, 0.5, Duration.ofMillis(10), kinds);
    for (int i = 0; i < 1000; i++) {
      assertThat(mixed.get().delay()).isLessThan(Duration.ofMillis(10));
    }
    assertThat(mixed.played()).containsOnlyKeys(Kind.values());
    assertThat(mixed.played().get(Kind.NONE)).isBetween(400, 600);
  }

  private static List<Fault> drawn(long seed, List<Kind> kinds) {
    MixedFaults mixed = new MixedFaults(seed, 0.5, Duration.ofMillis(10), kinds);
    List<Fault> drawn = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      drawn.add(mixed.get());
    }
    return drawn;
  }

  private Conversation.End ask(String frame) throws Exception {
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(frame);
    return line.take(bytes, bytes.length);
  }

  private String heard() {
    String heard = HexFormat.ofDelimiter(" ").withUpperCase().formatHex(said.toByteArray());
    said.reset();
    return heard;
  }
}
