package io.polegate.bench;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem.PointReading;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What the devices of a pole say over hours: the same each time. */
final class Readings {
  private static final long SEED = 20_260_101;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int MEAN_STEP_MILLIS = 100;
  private static final int ONE_BAD_IN = 500;
  private static final List<Walk> POINTS =
      List.of(
          new Walk("lamp-1", "level", "%", 0.1, 700),
          new Walk("lamp-1", "power", "W", 0.01, 9_000),
          new Walk("env-1", "temperature", "°C", 0.1, 183),
          new Walk("env-1", "humidity", "%", 0.1, 612),
          new Walk("env-1", "wind", "m/s", 0.1, 31),
          new Walk("env-1", "noise", "dB", 0.1, 587),
          new Walk("env-1", "pm25", "µg/m³", 1, 35),
          new Walk("env-1", "pressure", "kPa", 0.1, 987),
          new Walk("env-1", "light", "lx", 1, 45_210),
          new Walk("water-1", "level", "cm", 0.1, 42),
          new Walk("meter-1", "voltage", "V", 0.1, 2_304),
          new Walk("meter-1", "current", "A", 0.001, 4_120),
          new Walk("meter-1", "power", "W", 0.1, 9_480),
          new Walk("meter-1", "energy", "kWh", 0.01, 1_204_507),
          new Walk("manhole-1", "roll", "°", 0.0054931640625, 12),
          new Walk("manhole-1", "temperature", "°C", 0.01, 1_422));

  private Readings() {}

  static List<PointReading> of(int count) {
    Random random = new Random(SEED);
    long[] raw = POINTS.stream().mapToLong(Walk::start).toArray();
    List<PointReading> readings = new ArrayList<>(count);
    Instant time = START;
    for (int i = 0; i < count; i++) {
      int which = random.nextInt(raw.length);
      raw[which] += random.nextInt(7) - 3;
      time = time.plusMillis(random.nextInt(2 * MEAN_STEP_MILLIS));
      Walk walk = POINTS.get(which);
      SampleTime sampled = new SampleTime(time, TimeQuality.TRUSTED);
      Reading reading =
          random.nextInt(ONE_BAD_IN) == 0
              ? new Reading.Bad(BadReason.DEVICE_SILENT, "", sampled)
              : new Reading.Good(walk.value(raw[which]), sampled);
      readings.add(new PointReading(walk.device, walk.point, walk.unit, reading));
    }
    return readings;
  }

  /** A point whose raw number takes small steps. */
  private record Walk(String device, String point, String unit, double scale, long start) {
    /** As the core makes it of a register; the meter's registers are 32-bit floats. */
    private Value value(long raw) {
      if (scale == 1) {
        return new Value.Int(raw);
      }
      BigDecimal scaled = BigDecimal.valueOf(raw).multiply(BigDecimal.valueOf(scale));
      return new Value.Real(device.equals("meter-1") ? scaled.floatValue() : scaled.doubleValue());
    }
  }
}
