package io.polegate.driver.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "SUM #01 84",
        "SUM $012 B7",
        "NMEA $GPGLL,5300.97914,N,00259.98174,E,125926,A *28",
        "NMEA $GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,, *47"
      })
  void publishedLinesAreIntactAndAreMadeSo(Checksum checksum, String content, String sum) {
    assertThat(new String(checksum.protect(bytes(content)), StandardCharsets.US_ASCII))
        .isEqualTo(content + sum);
    assertThat(checksum.content(bytes(content + sum))).hasValue(bytes(content));
    assertThat(checksum.content(bytes(content + sum.toLowerCase(Locale.ROOT))))
        .as("small digits")
        .hasValue(bytes(content));
  }

  @Test
  void aCrcOfModbusIsTwoBytesLowFirst() {
    byte[] frame = HexFormat.of().parseHex("01030201f4b853");
    assertThat(Checksum.MODBUS_CRC.content(frame)).hasValue(HexFormat.of().parseHex("01030201f4"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {"SUM #0185", "SUM 8", "NMEA $GPGLL,1*00", "NMEA *", "MODBUS_CRC x", "SUM #01g4"})
  void everyOtherLineIsCorrupt(Checksum checksum, String line) {
    assertThat(checksum.content(bytes(line))).isEmpty();
  }

  @Test
  void aLineWithOneWrongCharacterIsCorrupt() {
    byte[] good = Checksum.NMEA.protect(bytes("$WIMWV,214.8,R,0.1,K,A"));
    assertThat(Checksum.NMEA.content(good)).isPresent();
    for (int i = 0; i < good.length; i++) {
      byte[] line = good.clone();
      line[i] ^= 1;
      // the first character is not under the sum; the pattern of the point names it
      assertThat(Checksum.NMEA.content(line).isPresent()).as("at %s", i).isEqualTo(i == 0);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
