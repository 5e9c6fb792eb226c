package io.polegate.testkit.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests and answers as in the examples of the Modbus application protocol specification. */
class ModbusUnitTest {
  private final ModbusUnit unit =
      new ModbusUnit()
          .set(Table.COIL, 0x13, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1)
          .set(Table.DISCRETE, 0xC4, 0, 0, 1, 1)
          .set(Table.HOLDING, 0x6B, 0x022B, 0, 0x64)
          .set(Table.INPUT, 8, 0x0A);

  @ParameterizedTest
  @CsvSource({
    "01 00 13 00 0A,             01 02 CD 03",
    "02 00 C4 00 04,             02 01 0C",
    "03 00 6B 00 03,             03 06 02 2B 00 00 00 64",
    "04 00 08 00 01,             04 02 00 0A",
    "05 00 14 FF 00,             05 00 14 FF 00",
    "06 00 6C 00 03,             06 00 6C 00 03",
    "0F 00 13 00 0A 02 CD 01,    0F 00 13 00 0A",
    "10 00 6B 00 02 04 00 0A 01 02, 10 00 6B 00 02",
    "07 00 00 00 00,             87 01",
    "03 00 6B 00 04,             83 02",
    "03 00 6B 00 7E,             83 03",
    "05 00 14 12 34,             85 03",
    "10 00 6B 00 02 04 00,       90 03",
  })
  void answersAsTheSpecificationSays(String request, String answer) {
    assertThat(spaced(unit.answer(bytes(request)))).isEqualTo(answer);
  }

  @Test
  void remembersWhatWasWrittenAndTellsTheListener() {
    List<ModbusUnit.Write> heard = new ArrayList<>();
    unit.onWrite(heard::add);
    unit.answer(bytes("10 00 6B 00 02 04 00 0A 01 02"));
    ModbusUnit.Write write = new ModbusUnit.Write(16, Table.HOLDING, 0x6B, List.of(10, 0x102));
    assertThat(unit.writes()).containsExactly(write);
    assertThat(heard).containsExactly(write);
    assertThat(unit.requests()).isEqualTo(1);
    assertThat(unit.getUint32(Table.HOLDING, 0x6B)).isEqualTo(0x000A0102);
  }

  @Test
  void faultsCountDown() {
    unit.fail(Fault.of(Fault.Kind.SILENCE), 2);
    assertThat(unit.nextFault().kind()).isEqualTo(Fault.Kind.SILENCE);
    assertThat(unit.nextFault().kind()).isEqualTo(Fault.Kind.SILENCE);
    assertThat(unit.nextFault()).isEqualTo(Fault.NONE);
    unit.failAfter(1, Fault.exception(4));
    assertThat(unit.nextFault()).isEqualTo(Fault.NONE);
    assertThat(unit.nextFault()).isEqualTo(Fault.exception(4));
    unit.heal();
    assertThat(unit.nextFault()).isEqualTo(Fault.NONE);
  }

  @Test
  void numbersSpanRegistersHighWordFirst() {
    unit.setFloat32(Table.INPUT, 100, 230.2f).setUint32(Table.INPUT, 102, 0xFFFF_0001L);
    assertThat(unit.get(Table.INPUT, 100)).isEqualTo(0x4366);
    assertThat(unit.getFloat32(Table.INPUT, 100)).isEqualTo(230.2f);
    assertThat(unit.getUint32(Table.INPUT, 102)).isEqualTo(0xFFFF_0001L);
    assertThat(spaced(RtuFrames.frame(1, bytes("04 00 00 00 02"))))
        .isEqualTo("01 04 00 00 00 02 71 CB");
  }

  private static byte[] bytes(String hex) {
    return HexFormat.ofDelimiter(" ").parseHex(hex);
  }

  private static String spaced(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes);
  }
}
