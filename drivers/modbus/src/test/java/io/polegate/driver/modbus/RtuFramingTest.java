package io.polegate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames published by makers or computed from their manuals. */
class RtuFramingTest {
  private static final RtuFraming RTU = new RtuFraming();

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "Renke weather station,             1,    HOLDING, 500,    16, 01 03 01 F4 00 10 04 08",
    "Renke temperature and humidity,    1,    HOLDING, 0,      2,  01 03 00 00 00 02 C4 0B",
    "Renke address query,               0xFF, HOLDING, 0x07D0, 1,  FF 03 07 D0 00 01 91 59",
    "QDY30A water level,                1,    HOLDING, 2,      3,  01 03 00 02 00 03 A4 0B",
    "Keller pressure,                   1,    HOLDING, 0x0100, 2,  01 03 01 00 00 02 C5 F7",
    "WitMotion angles,                  0x50, HOLDING, 0x3D,   3,  50 03 00 3D 00 03 99 86",
    "Eastron voltage,                   1,    INPUT,   0,      2,  01 04 00 00 00 02 71 CB",
    "Chint voltage,                     1,    HOLDING, 0x2000, 2,  01 03 20 00 00 02 CF CB",
    "Hiking meter,                      1,    HOLDING, 0,      18, 01 03 00 00 00 12 C5 C7",
    "PZEM meter,                        1,    INPUT,   0,      10, 01 04 00 00 00 0A 70 0D",
    "Waveshare relays,                  1,    COIL,    0,      8,  01 01 00 00 00 08 3D CC",
  })
  void readRequestsAreThePublishedOnes(
      String device, String unit, ModbusTable table, String start, int count, String frame) {
    ModbusRequest request = ModbusRequest.read(table, Integer.decode(start), count);
    assertThat(frame(Integer.decode(unit), request.pdu())).isEqualTo(bytes(frame));
  }

  @Test
  void writeRequestsAreThePublishedOnes() {
    assertThat(frame(1, ModbusRequest.writeCoil(0, true, false).pdu()))
        .isEqualTo(bytes("01 05 00 00 FF 00 8C 3A"));
    assertThat(frame(1, ModbusRequest.writeCoil(0, false, false).pdu()))
        .isEqualTo(bytes("01 05 00 00 00 00 CD CA"));
    assertThat(frame(1, ModbusRequest.writeCoil(0xFF, true, false).pdu()))
        .isEqualTo(bytes("01 05 00 FF FF 00 BC 0A"));
    byte[] unlock = bytes("B5 88");
    assertThat(frame(0x50, ModbusRequest.writeRegisters(0x69, unlock, false).pdu()))
        .isEqualTo(bytes("50 06 00 69 B5 88 22 A1"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "input:0,   float32, high-first, 01 04 04 43 66 33 33 5A FA,             2,  230.2",
    "holding:0, uint16,  high-first, 01 03 04 02 92 FF 9B 5A 3D,             2,  658",
    "holding:1, int16,   high-first, 01 03 04 02 92 FF 9B 5A 3D,             2,  -101",
    "holding:2, int16,   high-first, 01 03 06 00 01 00 01 04 D2 CF E8,       3,  1234",
    "holding:1, int16,   high-first, 50 03 06 01 11 FD DE 40 00 4D 62,       3,  -546",
    "input:0,   uint16,  low-first,"
        + " 01 04 14 08 FD 04 D2 00 00 0B 18 00 00 16 2E 00 00 01 F4 00 64 00 00 7A 3B, 10, 2301",
    "input:1,   uint32,  low-first,"
        + " 01 04 14 08 FD 04 D2 00 00 0B 18 00 00 16 2E 00 00 01 F4 00 64 00 00 7A 3B, 10, 1234",
    "input:5,   uint32,  low-first,"
        + " 01 04 14 08 FD 04 D2 00 00 0B 18 00 00 16 2E 00 00 01 F4 00 64 00 00 7A 3B, 10, 5678",
  })
  void publishedAnswersDecode(
      String address, String type, String wordOrder, String frame, int count, double value)
      throws Exception {
    ModbusPoint point =
        ModbusPoint.of(
            ModbusContract.unit(1),
            new Settings(Map.of("address", address, "type", type, "word-order", wordOrder)));
    ModbusRequest request = ModbusRequest.read(point.address().table(), 0, count);
    byte[] received = bytes(frame);
    byte[] answer = find(received, received[0] & 0xFF, request).orElseThrow();
    int from = 2 + 2 * point.start();
    byte[] registers = Arrays.copyOfRange(answer, from, from + 2 * point.codec().registers());
    Value expected = type.startsWith("float") ? new Value.Real(value) : new Value.Int((long) value);
    assertThat(point.codec().decode(registers)).isEqualTo(Sample.good(expected));
  }

  @Test
  void aFrameIsFoundOnlyWithTheRightUnitFunctionLengthAndChecksum() {
    ModbusRequest request = ModbusRequest.read(ModbusTable.INPUT, 0, 2);
    byte[] frame = bytes("01 04 04 43 66 33 33 5A FA");
    assertThat(find(frame, 1, request)).isPresent();
    assertThat(find(frame, 2, request)).isEmpty();
    assertThat(find(frame, 1, ModbusRequest.read(ModbusTable.HOLDING, 0, 2))).isEmpty();
    assertThat(find(frame, 1, ModbusRequest.read(ModbusTable.INPUT, 0, 1))).isEmpty();
    for (int i = 0; i < frame.length; i++) {
      byte[] damaged = frame.clone();
      damaged[i] ^= 0x10;
      assertThat(find(damaged, 1, request)).as("damaged byte %d", i).isEmpty();
      assertThat(find(Arrays.copyOf(frame, i), 1, request)).as("%d bytes", i).isEmpty();
    }
  }

  @Test
  void aFrameIsFoundBehindOtherBytesAndBeforeThem() {
    ModbusRequest request = ModbusRequest.read(ModbusTable.INPUT, 0, 2);
    String frame = "01 04 04 43 66 33 33 5A FA";
    byte[] pdu = bytes("04 04 43 66 33 33");
    for (String noise : List.of("00", "01", "01 04", "01 04 04 00 00", "01 84 02", frame)) {
      assertThat(find(bytes(noise + frame), 1, request)).as(noise).hasValue(pdu);
      assertThat(find(bytes(frame + noise), 1, request)).as(noise).hasValue(pdu);
    }
  }

  @Test
  void aRefusalIsFound() {
    ModbusRequest request = ModbusRequest.read(ModbusTable.HOLDING, 0, 2);
    byte[] refusal = frame(1, bytes("83 02"));
    assertThat(find(refusal, 1, request)).hasValue(bytes("83 02"));
    assertThat(ExceptionText.of(2)).isEqualTo("exception 2: illegal data address");
  }

  @Test
  void theEchoOfAnotherWriteIsNotTheAnswer() {
    ModbusRequest request = ModbusRequest.writeRegisters(5, bytes("00 01"), false);
    byte[] other = frame(1, ModbusRequest.writeRegisters(5, bytes("00 02"), false).pdu());
    assertThat(find(other, 1, request)).isEmpty();
    assertThat(find(frame(1, request.pdu()), 1, request)).isPresent();
  }

  @Test
  void whatIsNoNumberIsBad() {
    RegisterCodec real = new RegisterCodec(RegisterType.FLOAT32, 0, false, false, 2);
    assertThat(real.decode(bytes("7F C0 00 00")))
        .isEqualTo(Sample.bad(BadReason.NOT_DECODABLE, "the device sent NaN"));
    assertThat(real.decode(bytes("FF 80 00 00")))
        .isEqualTo(Sample.bad(BadReason.NOT_DECODABLE, "the device sent -Infinity"));
    RegisterCodec unsigned = new RegisterCodec(RegisterType.UINT64, 0, false, false, 4);
    assertThat(unsigned.decode(bytes("FF FF FF FF FF FF FF FF")))
        .isEqualTo(Sample.bad(BadReason.OUT_OF_RANGE, "18446744073709551615 is above 2^63-1"));
    RegisterCodec text = new RegisterCodec(RegisterType.STRING, 0, false, false, 2);
    assertThat(text.decode(bytes("FF FF FF FF")))
        .isEqualTo(Sample.bad(BadReason.NOT_DECODABLE, "the bytes are no UTF-8 text"));
  }

  private static byte[] frame(int unit, byte[] pdu) {
    return RTU.frame(0, unit, pdu);
  }

  private static Optional<byte[]> find(byte[] received, int unit, ModbusRequest request) {
    return RTU.answer(received, 0, unit, request).map(Frame::pdu);
  }

  private static byte[] bytes(String hex) {
    return Bytes.ofHex(hex.replace(" ", "")).toArray();
  }
}
