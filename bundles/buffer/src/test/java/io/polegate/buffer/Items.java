package io.polegate.buffer;

import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Makes items for tests. */
final class Items {
  private static final long START = 1_793_534_400_000L;

  private Items() {}

  static SampleTime time(long step) {
    return new SampleTime(Instant.ofEpochMilli(START + step * 100), TimeQuality.TRUSTED);
  }

  /** A reading whose content says which one it is. */
  static JournalItem reading(long number) {
    return new JournalItem.PointReading(
        "lamp-" + number % 5, "power", "W", new Reading.Good(new Value.Int(number), time(number)));
  }

  static JournalItem noted(String text) {
    return new JournalItem.PointReading(
        "lamp", "note", "", new Reading.Good(new Value.Text(text), time(0)));
  }

  static JournalItem alarm(long number) {
    return new JournalItem.Event(
        Lane.ALARM, time(number), "water-high", Map.of("number", new Value.Int(number)));
  }

  static JournalItem state(long number) {
    return new JournalItem.Event(
        Lane.STATE, time(number), "device-online", Map.of("number", new Value.Int(number)));
  }

  static CommandResult result(String id) {
    return new CommandResult(
        id, CommandStatus.DONE, Optional.of(new Value.Int(1)), "", time(id.hashCode()));
  }

  static JournalItem random(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> event(random, Lane.ALARM);
      case 1 -> event(random, Lane.STATE);
      case 2 -> new JournalItem.Result(randomResult(random));
      default -> randomReading(random);
    };
  }

  static JournalItem randomReading(Random random) {
    Reading reading =
        random.nextInt(8) == 0
            ? new Reading.Bad(
                Codes.REASONS.get(random.nextInt(Codes.REASONS.size())),
                text(random),
                randomTime(random))
            : new Reading.Good(randomValue(random), randomTime(random));
    return new JournalItem.PointReading(
        "device-" + random.nextInt(5), "point-" + random.nextInt(9), text(random), reading);
  }

  static JournalItem event(Random random, Lane lane) {
    Map<String, Value> attributes = new HashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      attributes.put(text(random), randomValue(random));
    }
    return new JournalItem.Event(lane, randomTime(random), text(random), attributes);
  }

  static Value randomValue(Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> new Value.Bool(random.nextBoolean());
      case 1 -> new Value.Int(random.nextLong());
      case 2 -> new Value.Int(random.nextInt(100));
      case 3 -> new Value.Real(random.nextInt(100_000) / 100.0);
      case 4 -> new Value.Real(random.nextFloat());
      case 5 -> new Value.Real(random.nextGaussian() * Math.pow(10, random.nextInt(300)));
      case 6 -> new Value.Real(-0.0);
      case 7 -> new Value.Text(text(random));
      default -> bytes(random);
    };
  }

  private static CommandResult randomResult(Random random) {
    return new CommandResult(
        text(random),
        Codes.STATUSES.get(random.nextInt(Codes.STATUSES.size())),
        random.nextBoolean() ? Optional.of(randomValue(random)) : Optional.empty(),
        text(random),
        randomTime(random));
  }

  private static SampleTime randomTime(Random random) {
    long millis = random.nextInt(20) == 0 ? random.nextLong() : START + random.nextInt(10_000);
    return new SampleTime(
        Instant.ofEpochMilli(millis),
        random.nextBoolean() ? TimeQuality.TRUSTED : TimeQuality.UNTRUSTED);
  }

  private static Value bytes(Random random) {
    byte[] content = new byte[random.nextInt(300)];
    random.nextBytes(content);
    return Bytes.of(content);
  }

  private static String text(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> "渝北区-" + random.nextInt(20);
      case 2 -> "x".repeat(random.nextInt(300));
      default -> "text " + random.nextInt(20);
    };
  }
}
