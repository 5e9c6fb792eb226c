package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which points a connection may write. */
final class WritePermissionTest {

  @ParameterizedTest
  @CsvSource({
    "*, lamp-1, level, true",
    "none, lamp-1, level, false",
    "lamp-1.level, lamp-1, level, true",
    "lamp-1.level, lamp-1, levels, false",
    "lamp-1.level, xlamp-1, level, false",
    "lamp-*.level, lamp-12, level, true",
    "lamp-*.level, lamp-12, power, false",
    "lamp-*.level, door-1, level, false",
    "*.level, anything, level, true",
    "lamp-1.*, lamp-1, anything, true",
    "*-1.l*l, lamp-1, level, true",
    "'door-1.lock, lamp-*.level', lamp-2, level, true",
    "'door-1.lock, lamp-*.level', door-2, lock, false",
    "lamp-**.level, lamp-, level, true",
    "a*b*c.x, abbcbc, x, true",
    "a*b*c.x, abbcb, x, false",
  })
  void starsStandForAnything(String text, String device, String point, boolean allowed) {
    assertThat(WritePermission.of(text).allows(device, point)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "all", "lamp-1", "a.b.c", "a.b,", "a b.c", "none, a.b", "A.b", "[a].b"})
  void anythingElseIsNoPattern(String text) {
    assertThatThrownBy(() -> WritePermission.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPatternOfManyStarsIsQuick() {
    WritePermission many = WritePermission.of("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b.x");
    assertThat(many.allows("a".repeat(64), "x")).isFalse();
  }
}
