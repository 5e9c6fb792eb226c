package io.polegate.buffer;

import io.polegate.api.command.CommandResult;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.journal.JournalItem;

/** The time of an item, whatever item it is. Stateless. */
final class ItemTime {
  private ItemTime() {}

  static SampleTime of(JournalItem item) {
    if (item instanceof JournalItem.PointReading reading) {
      return reading.reading().time();
    }
    if (item instanceof JournalItem.Event event) {
      return event.time();
    }
    return ((JournalItem.Result) item).result().time();
  }

  /** The same item at another time. */
  static JournalItem with(JournalItem item, SampleTime time) {
    if (item instanceof JournalItem.PointReading point) {
      return new JournalItem.PointReading(
          point.device(), point.point(), point.unit(), with(point.reading(), time));
    }
    if (item instanceof JournalItem.Event event) {
      return new JournalItem.Event(event.lane(), time, event.type(), event.attributes());
    }
    CommandResult result = ((JournalItem.Result) item).result();
    return new JournalItem.Result(
        new CommandResult(result.id(), result.status(), result.value(), result.message(), time));
  }

  private static Reading with(Reading reading, SampleTime time) {
    if (reading instanceof Reading.Good good) {
      return new Reading.Good(good.value(), time);
    }
    Reading.Bad bad = (Reading.Bad) reading;
    return new Reading.Bad(bad.reason(), bad.detail(), time);
  }
}
