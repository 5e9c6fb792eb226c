package io.polegate.console;

import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalHistory;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A journal that answers what it was asked. */
final class FakeHistory implements JournalHistory {
  private static final SampleTime TIME =
      new SampleTime(Instant.ofEpochMilli(1_793_534_400_000L), TimeQuality.TRUSTED);

  @Override
  public List<Slot> history(String device, String point, Instant from, Instant to, int max)
      throws JournalException {
    if (device.equals("broken")) {
      throw new JournalException("cannot read", new IllegalStateException("test"));
    }
    Reading asked = new Reading.Good(new Value.Text(device + " " + point + " " + max), TIME);
    return List.of(
        new Slot(from, Duration.between(from, to), 3, 1, 1.5, 2.5, 3.5, asked),
        new Slot(to, Duration.ZERO, 1, 0, Double.NaN, Double.NaN, Double.NaN, asked));
  }

  @Override
  public List<Sequenced> events(long before, int max) {
    return List.of(
        new Sequenced(
            before - 1,
            new JournalItem.Event(
                Lane.ALARM, TIME, "device-offline", Map.of("max", new Value.Int(max)))));
  }
}
