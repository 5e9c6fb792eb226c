package io.polegate.api.journal;

import io.polegate.api.command.CommandResult;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import java.util.Map;

/** Something that has to reach every platform. Immutable. */
public sealed interface JournalItem {

  /** The lane it travels in. */
  Lane lane();

  /**
   * A reading of a point.
   *
   * @param unit of the value, may be empty
   */
  record PointReading(String device, String point, String unit, Reading reading)
      implements JournalItem {
    @Override
    public Lane lane() {
      return Lane.TELEMETRY;
    }
  }

  /**
   * Something happened.
   *
   * @param lane {@link Lane#ALARM} or {@link Lane#STATE}
   * @param type kebab-case, for instance {@code device-offline}
   * @param attributes what is known of it, keys in kebab-case
   */
  record Event(Lane lane, SampleTime time, String type, Map<String, Value> attributes)
      implements JournalItem {
    /** Copies the map. */
    public Event {
      attributes = Map.copyOf(attributes);
    }
  }

  /** The answer to a command. */
  record Result(CommandResult result) implements JournalItem {
    @Override
    public Lane lane() {
      return Lane.RESULT;
    }
  }
}
