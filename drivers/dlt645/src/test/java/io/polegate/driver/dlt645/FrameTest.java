package io.polegate.driver.dlt645;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Published frames, and what a line may bring instead of frames. */
class FrameTest {
  private static final String ENERGY_QUERY = "68 61 01 00 00 00 00 68 11 04 33 33 34 33 14 16";
  private static final String ENERGY_ANSWER =
      "68 61 01 00 00 00 00 68 91 08 33 33 34 33 59 33 33 33 8A 16";
  private static final String VOLTAGE_ANSWER =
      "68 61 01 00 00 00 00 68 91 06 33 34 34 35 34 43 10 16";
  private static final String FIND = "FE FE FE 68 AA AA AA AA AA AA 68 13 00 DF 16";

  @Test
  void aQueryIsEncodedAsPublished() {
    MeterRequest energy = MeterRequest.read("000000000161", new DataId("00010000"));
    assertThat(hex(energy.frame().encode(0))).isEqualTo(ENERGY_QUERY);
    assertThat(hex(energy.frame().encode(4))).isEqualTo("FE FE FE FE " + ENERGY_QUERY);
    assertThat(hex(MeterRequest.findAddress().frame().encode(3))).isEqualTo(FIND);
  }

  @Test
  void publishedAnswersAnswerTheirQueriesAndNoOthers() {
    MeterRequest energy = MeterRequest.read("000000000161", new DataId("00010000"));
    MeterRequest voltage = MeterRequest.read("000000000161", new DataId("02010100"));
    MeterRequest other = MeterRequest.read("000000000162", new DataId("00010000"));
    Frame said = decoded(ENERGY_ANSWER);
    assertThat(said).isEqualTo(new Frame("000000000161", 0x91, Bytes.ofHex("0000010026000000")));
    assertThat(energy.answeredBy(said)).isTrue();
    assertThat(voltage.answeredBy(said)).isFalse();
    assertThat(other.answeredBy(said)).isFalse();
    assertThat(voltage.answeredBy(decoded(VOLTAGE_ANSWER))).isTrue();
    assertThat(energy.answeredBy(decoded(ENERGY_QUERY))).as("its echo").isFalse();
    assertThat(MeterRequest.findAddress().answeredBy(said)).as("another function").isFalse();
    assertThat(MeterRequest.readMore("000000000161", new DataId("00010000"), 1).answeredBy(said))
        .isFalse();
  }

  @Test
  void anAnswerThatIsTooShortToNameItsDatumAnswersNothing() {
    MeterRequest energy = MeterRequest.read("000000000161", new DataId("00010000"));
    MeterRequest more = MeterRequest.readMore("000000000161", new DataId("00010000"), 1);
    for (String data : List.of("", "00", "000001")) {
      assertThat(energy.answeredBy(new Frame("000000000161", 0x91, Bytes.ofHex(data)))).isFalse();
      assertThat(more.answeredBy(new Frame("000000000161", 0x92, Bytes.ofHex(data)))).isFalse();
    }
    assertThat(more.answeredBy(new Frame("000000000161", 0x92, Bytes.ofHex("00000100")))).isFalse();
    assertThat(more.answeredBy(new Frame("000000000161", 0xB2, Bytes.ofHex("0000010001"))))
        .isTrue();
  }

  @Test
  void anyByteThatIsWrongIsNoticed() {
    byte[] good = bytes(ENERGY_ANSWER);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x04;
      assertThat(Frame.decode(bad, 0)).as("byte %d", i).isEmpty();
      assertThat(Frame.decode(Arrays.copyOf(good, i), 0)).as("first %d bytes", i).isEmpty();
    }
  }

  @Test
  void aFrameIsFoundBehindTheBeginningOfOneThatNeverEnds() {
    FrameBuffer buffer = new FrameBuffer();
    buffer.add(bytes("68 01 02 03 04 05 06 68 91 FF 33 34 FE FE " + ENERGY_ANSWER + " 68 61"));
    FrameBuffer.Received received = buffer.next().orElseThrow();
    assertThat(hex(received.noise().toArray())).isEqualTo("68 01 02 03 04 05 06 68 91 FF 33 34");
    assertThat(hex(received.raw().toArray())).isEqualTo("FE FE " + ENERGY_ANSWER);
    assertThat(buffer.next()).isEmpty();
    assertThat(hex(buffer.rest().toArray())).isEqualTo("68 61");
  }

  @Test
  void aLineThatBabblesIsForgottenButForItsEnd() {
    FrameBuffer buffer = new FrameBuffer();
    byte[] babble = new byte[10_000];
    Arrays.fill(babble, (byte) 0x68);
    buffer.add(babble);
    assertThat(buffer.next()).isEmpty();
    buffer.add(bytes(VOLTAGE_ANSWER));
    FrameBuffer.Received received = buffer.next().orElseThrow();
    assertThat(received.frame()).isEqualTo(decoded(VOLTAGE_ANSWER));
    assertThat(received.noise().size()).isLessThan(1024);
  }

  @Test
  void noiseOfAnyKindIsSurvivedAndFramesInItAreFound() {
    Random random = new Random(645);
    for (int round = 0; round < 2_000; round++) {
      FrameBuffer buffer = new FrameBuffer();
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      byte[] data = new byte[random.nextInt(30)];
      random.nextBytes(data);
      Frame frame = new Frame("000000000161", random.nextInt(256), Bytes.of(data));
      buffer.add(noise);
      for (byte b : frame.encode(random.nextInt(5))) {
        buffer.add(new byte[] {b});
      }
      List<Frame> found = new ArrayList<>();
      for (Optional<FrameBuffer.Received> next = buffer.next();
          next.isPresent();
          next = buffer.next()) {
        found.add(next.get().frame());
      }
      assertThat(found).as("round %d", round).contains(frame);
    }
  }

  @Test
  void theErrorWordIsToldInWords() {
    assertThat(refusal("02")).isEqualTo("error 02: no such data");
    assertThat(refusal("05")).isEqualTo("error 05: other error, wrong password or not authorised");
    assertThat(refusal("00")).isEqualTo("error 00: no reason");
    assertThat(refusal("")).isEqualTo("refused without a reason");
    assertThat(refusal("ff")).startsWith("error FF: other error, ").endsWith(", reserved bit 7");
  }

  private static String refusal(String data) {
    return ErrorWord.text(new Frame("000000000161", 0xD1, Bytes.ofHex(data)));
  }

  private static Frame decoded(String hex) {
    return Frame.decode(bytes(hex), 0).orElseThrow();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.ofDelimiter(" ").parseHex(hex);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes);
  }
}
