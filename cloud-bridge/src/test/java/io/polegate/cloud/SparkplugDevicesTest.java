package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.cloud.SparkplugDevices.Due;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SparkplugDevicesTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private final SparkplugDevices devices = new SparkplugDevices();

  @Test
  void aDeviceThatAnswersIsBornOnce() {
    assertThat(devices.due("lamp-1", true, 0)).isEqualTo(Due.BIRTH);
    devices.born("lamp-1", 7, false, 0);
    assertThat(devices.due("lamp-1", true, SECOND)).isEqualTo(Due.NOTHING);
    assertThat(devices.alive("lamp-1")).isTrue();
  }

  @Test
  void aDeviceThatNeverAnsweredIsNotBorn() {
    assertThat(devices.due("lamp-1", false, 0)).isEqualTo(Due.NOTHING);
  }

  @Test
  void aLostDeviceDiesAfterTheTimeForItsLastReadings() {
    devices.born("lamp-1", 7, false, 0);
    assertThat(devices.due("lamp-1", false, 10 * SECOND)).isEqualTo(Due.NOTHING);
    assertThat(devices.due("lamp-1", false, 11 * SECOND - 1)).isEqualTo(Due.NOTHING);
    assertThat(devices.due("lamp-1", false, 11 * SECOND)).isEqualTo(Due.DEATH);
    devices.died("lamp-1");
    assertThat(devices.due("lamp-1", false, 12 * SECOND)).isEqualTo(Due.NOTHING);
    assertThat(devices.due("lamp-1", true, 13 * SECOND)).isEqualTo(Due.BIRTH);
  }

  @Test
  void aDeviceThatIsBackInTimeDoesNotDie() {
    devices.born("lamp-1", 7, false, 0);
    assertThat(devices.due("lamp-1", false, 0)).isEqualTo(Due.NOTHING);
    assertThat(devices.due("lamp-1", true, SECOND / 2)).isEqualTo(Due.NOTHING);
    assertThat(devices.due("lamp-1", false, SECOND)).isEqualTo(Due.NOTHING);
    assertThat(devices.due("lamp-1", false, 2 * SECOND - 1)).isEqualTo(Due.NOTHING);
  }

  @Test
  void aDeviceBornForItsPastDiesWhenThatIsTold() {
    devices.born("lamp-1", 7, true, 0);
    devices.told("lamp-1", 20 * SECOND);
    assertThat(devices.due("lamp-1", false, 49 * SECOND)).isEqualTo(Due.NOTHING);
    assertThat(devices.due("lamp-1", false, 50 * SECOND)).isEqualTo(Due.DEATH);
  }

  @Test
  void aDeviceBornForItsPastIsBornAgainWhenItAnswers() {
    devices.born("lamp-1", 7, true, 0);
    assertThat(devices.due("lamp-1", true, SECOND)).isEqualTo(Due.BIRTH);
  }

  @Test
  void whatIsFromBeforeTheBirthIsHistorical() {
    devices.born("lamp-1", 7, false, 0);
    assertThat(devices.historical("lamp-1", 7)).isTrue();
    assertThat(devices.historical("lamp-1", 8)).isFalse();
  }
}
