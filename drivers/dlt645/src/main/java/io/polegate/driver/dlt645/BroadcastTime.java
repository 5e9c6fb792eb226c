package io.polegate.driver.dlt645;

import io.polegate.api.data.Bytes;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.driver.WriteRejectedException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The time, told to all meters: control 08, data second, minute, hour, day, month, year. Meters
 * obey once a day and only if they are less than five minutes wrong; they close their day around
 * midnight, so nothing is sent from 23:00 to 00:59 (the rules of the standard as quoted in
 * published sources of concentrators). Pure.
 *
 * @param zone the time that the meters keep
 */
record BroadcastTime(ZoneId zone) {
  private static final int CONTROL = 0x08;
  private static final DateTimeFormatter DIGITS =
      DateTimeFormatter.ofPattern("yyMMddHHmmss", Locale.ROOT);

  /**
   * The frame that tells this time.
   *
   * @throws WriteRejectedException if it is not trusted, or meters must not be told it now
   */
  Frame frame(SampleTime now) throws WriteRejectedException {
    if (now.quality() != TimeQuality.TRUSTED) {
      throw new WriteRejectedException(
          "the gateway does not know the time (its clock says "
              + now.instant()
              + "): nothing was sent");
    }
    LocalDateTime local = LocalDateTime.ofInstant(now.instant(), zone);
    if (local.getHour() == 23 || local.getHour() == 0) {
      throw new WriteRejectedException(
          "meters close their day around midnight: send the time between 01:00 and 22:59");
    }
    return new Frame(MeterDevice.ALL, CONTROL, Bytes.of(Frame.lowFirst(local.format(DIGITS))));
  }
}
