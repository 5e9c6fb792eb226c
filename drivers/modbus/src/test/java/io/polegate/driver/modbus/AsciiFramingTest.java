package io.polegate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AsciiFramingTest {
  private static final AsciiFraming ASCII = new AsciiFraming();
  private static final String ANSWER = ":110306AE415652434049\r\n";
  private static final ModbusRequest REQUEST = ModbusRequest.read(ModbusTable.HOLDING, 0x6B, 3);

  @Test
  void theRequestIsThePublishedOne() {
    assertThat(ASCII.frame(0, 0x11, REQUEST.pdu())).isEqualTo(bytes(":1103006B00037E\r\n"));
    assertThat(ASCII.characters(REQUEST.pdu().length)).isEqualTo(":1103006B00037E\r\n".length());
  }

  @Test
  void theAnswerIsFoundAmongOtherCharacters() {
    byte[] pdu = HexFormat.of().parseHex("0306ae4156524340");
    for (String noise :
        new String[] {"", "x", ":", ":11", ":1103", "\r\n", ":0000\r\n", "\u0000"}) {
      assertThat(find(noise + framed(pdu))).as(noise).hasValue(pdu);
      assertThat(find(framed(pdu) + noise)).as(noise).hasValue(pdu);
    }
  }

  @Test
  void noDamagedCharacterIsOverlooked() {
    String good = framed(HexFormat.of().parseHex("0306ae4156524340"));
    for (int i = 0; i < good.length() - 2; i++) {
      char[] damaged = good.toCharArray();
      damaged[i] = (char) (damaged[i] ^ 0x01);
      assertThat(find(new String(damaged))).as("damaged character %d", i).isEmpty();
      assertThat(find(good.substring(0, i))).as("%d characters", i).isEmpty();
    }
    assertThat(find(ANSWER)).as("wrong checksum").isEmpty();
  }

  @Test
  void longFramesAndStrangeCharactersAreNoFrames() {
    assertThat(find(":" + "1".repeat(5000) + "\r\n")).isEmpty();
    assertThat(find(":GG\r\n:é\r\n\n\n:\n")).isEmpty();
    assertThat(find(":\r\n")).isEmpty();
  }

  private static String framed(byte[] pdu) {
    return new String(ASCII.frame(0, 0x11, pdu), StandardCharsets.US_ASCII);
  }

  private static Optional<byte[]> find(String received) {
    try {
      return ASCII.answer(bytes(received), 0, 0x11, REQUEST).map(Frame::pdu);
    } catch (Framing.OutOfStepException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
