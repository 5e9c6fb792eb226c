package io.polegate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RegisterCodecTest {

  static Stream<Arguments> everyTypeInEveryOrder() {
    return Stream.of(RegisterType.values())
        .filter(type -> type != RegisterType.BOOL)
        .flatMap(
            type ->
                Stream.of(
                    codec(type, false, false),
                    codec(type, true, false),
                    codec(type, false, true),
                    codec(type, true, true)))
        .flatMap(codec -> values(codec.type()).stream().map(value -> Arguments.of(codec, value)));
  }

  @ParameterizedTest
  @MethodSource("everyTypeInEveryOrder")
  void whatIsEncodedDecodesToTheSame(RegisterCodec codec, Value value) throws Exception {
    byte[] registers = codec.encode(value);
    assertThat(registers).hasSize(2 * codec.registers());
    assertThat(codec.decode(registers)).isEqualTo(Sample.good(value));
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, 0102030405060708",
    "true,  false, 0708050603040102",
    "false, true,  0201040306050807",
    "true,  true,  0807060504030201",
  })
  void theOrdersMeanWhatTheManualsMean(boolean lowWordFirst, boolean lowByteFirst, String wire)
      throws Exception {
    RegisterCodec codec = codec(RegisterType.INT64, lowWordFirst, lowByteFirst);
    byte[] encoded = codec.encode(new Value.Int(0x0102030405060708L));
    assertThat(HexFormat.of().formatHex(encoded)).isEqualTo(wire);
  }

  @ParameterizedTest
  @CsvSource({
    "INT16, -32769",
    "INT16, 32768",
    "UINT16, -1",
    "UINT16, 65536",
    "BCD16, -1",
    "BCD16, 10000",
    "BCD32, 100000000",
    "INT32, 2147483648",
    "UINT32, 4294967296",
    "UINT32, -1",
    "UINT64, -1",
  })
  void aNumberThatDoesNotFitIsRejected(RegisterType type, long value) {
    RegisterCodec codec = codec(type, false, false);
    assertThatThrownBy(() -> codec.encode(new Value.Int(value)))
        .isInstanceOf(WriteRejectedException.class)
        .hasMessageContaining(Long.toString(value));
  }

  @Test
  void aRealBeyondFloat32IsRejected() {
    RegisterCodec codec = codec(RegisterType.FLOAT32, false, false);
    assertThatThrownBy(() -> codec.encode(new Value.Real(1e39)))
        .isInstanceOf(WriteRejectedException.class);
  }

  @Test
  void aTextThatIsTooLongOrHoldsAZeroIsRejected() {
    RegisterCodec codec = codec(RegisterType.STRING, false, false);
    for (String text : List.of("123456789", "七号杆", "a\0b")) {
      assertThatThrownBy(() -> codec.encode(new Value.Text(text)))
          .isInstanceOf(WriteRejectedException.class);
    }
  }

  @Test
  void aTextEndsAtTheFirstZeroAndWithoutBlanks() {
    RegisterCodec codec = codec(RegisterType.STRING, false, false);
    assertThat(codec.decode(new byte[] {'W', 'B', ' ', ' ', 0, 'x', 'y', 'z'}))
        .isEqualTo(Sample.good(new Value.Text("WB")));
  }

  private static RegisterCodec codec(
      RegisterType type, boolean lowWordFirst, boolean lowByteFirst) {
    int registers = type == RegisterType.STRING ? 4 : type.registers();
    return new RegisterCodec(type, 0, lowWordFirst, lowByteFirst, registers);
  }

  private static List<Value> values(RegisterType type) {
    return switch (type) {
      case BOOL -> List.of();
      case INT16 -> integers(Short.MIN_VALUE, -1, 0, 1, Short.MAX_VALUE);
      case UINT16 -> integers(0, 1, 0x1234, 0xFFFF);
      case INT32 -> integers(Integer.MIN_VALUE, -1, 0x12345678, Integer.MAX_VALUE);
      case UINT32 -> integers(0, 0x12345678, 0xFFFF_FFFFL);
      case INT64 -> integers(Long.MIN_VALUE, -1, 0x0123456789ABCDEFL, Long.MAX_VALUE);
      case UINT64 -> integers(0, 0x0123456789ABCDEFL, Long.MAX_VALUE);
      case FLOAT32 -> List.of(new Value.Real(230.2), new Value.Real(-0.0), new Value.Real(1e-40));
      case FLOAT64 -> List.of(new Value.Real(Math.PI), new Value.Real(-Double.MAX_VALUE));
      case BCD16 -> integers(0, 7, 1234, 9999);
      case BCD32 -> integers(0, 12_345_678, 99_999_999);
      case STRING -> List.of(new Value.Text(""), new Value.Text("pole 7"), new Value.Text("杆7"));
    };
  }

  @Test
  void decimalDigitsAreOneInEachFourBits() throws Exception {
    RegisterCodec digits = codec(RegisterType.BCD32, false, false);
    assertThat(digits.encode(new Value.Int(12_345_678)))
        .isEqualTo(HexFormat.of().parseHex("12345678"));
    assertThat(digits.decode(HexFormat.of().parseHex("1234567a")))
        .isEqualTo(Sample.bad(BadReason.NOT_DECODABLE, "0x1234567a are no decimal digits"));
  }

  private static List<Value> integers(long... values) {
    return java.util.Arrays.stream(values).<Value>mapToObj(Value.Int::new).toList();
  }
}
