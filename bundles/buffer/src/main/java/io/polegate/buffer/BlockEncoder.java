package io.polegate.buffer;

import io.polegate.api.command.CommandResult;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Packs items of one lane into one block. Layout: version, lane, first number, ordinal, span, item
 * count, then per item the step of its number, a tag, the step of its time in milliseconds and its
 * content; a CRC-32C over all of it at the end. For one thread.
 */
final class BlockEncoder {
  static final int VERSION = 1;
  static final int BAD = ValueCodec.TAGS;
  static final int EVENT = BAD + 1;
  static final int RESULT = EVENT + 1;
  static final int UNTRUSTED = 0x20;
  static final int CORRECTED = 0x40;

  private static final int MAX_ITEMS = 512;
  private static final int MAX_BYTES = 64_000;

  private final Lane lane;
  private final long first;
  private final Packer items = new Packer(1024);
  private final Texts texts = new Texts();
  private final Map<PointKey, Integer> points = new HashMap<>();
  private long last;
  private long lastMillis;
  private int count;

  BlockEncoder(Lane lane, long first) {
    this.lane = lane;
    this.first = first;
    this.last = first;
  }

  boolean isFull() {
    return count >= MAX_ITEMS || items.size() >= MAX_BYTES;
  }

  int size() {
    return items.size();
  }

  void add(long seq, JournalItem item) {
    items.unsigned(seq - last);
    last = seq;
    count++;
    if (item instanceof JournalItem.PointReading reading) {
      reading(reading);
    } else if (item instanceof JournalItem.Event event) {
      head(EVENT, event.time());
      texts.write(items, event.type());
      attributes(event.attributes());
    } else if (item instanceof JournalItem.Result result) {
      head(RESULT, result.result().time());
      result(result.result());
    }
  }

  Block finish(long ordinal) {
    return new Block(lane, first, last, ordinal, count, body(lane, first, ordinal, count, count));
  }

  /** The same for a block that once held {@code span} items. */
  Block finish(long ordinal, int span) {
    return new Block(lane, first, last, ordinal, span, body(lane, first, ordinal, span, count));
  }

  /** What stands in the place of a block that was found damaged. */
  static byte[] tombstone(Lane lane, long first, long ordinal, int span) {
    return new BlockEncoder(lane, first).body(lane, first, ordinal, span, 0);
  }

  private byte[] body(Lane lane, long first, long ordinal, int span, int count) {
    Packer out = new Packer(items.size() + 32);
    out.octet(VERSION);
    out.octet(Codes.LANES.indexOf(lane));
    out.unsigned(first);
    out.unsigned(ordinal);
    out.unsigned(span);
    out.unsigned(count);
    out.raw(items);
    CRC32C crc = new CRC32C();
    byte[] content = out.toArray();
    crc.update(content, 0, content.length);
    out.fixed32((int) crc.getValue());
    return out.toArray();
  }

  private void reading(JournalItem.PointReading item) {
    if (item.reading() instanceof Reading.Good good) {
      int tag = ValueCodec.tag(good.value());
      head(tag, good.time());
      point(item);
      ValueCodec.write(items, tag, good.value(), texts);
    } else if (item.reading() instanceof Reading.Bad bad) {
      head(BAD, bad.time());
      point(item);
      items.unsigned(Codes.REASONS.indexOf(bad.reason()));
      texts.write(items, bad.detail());
    }
  }

  private void point(JournalItem.PointReading item) {
    PointKey key = new PointKey(item.device(), item.point(), item.unit());
    Integer index = points.get(key);
    if (index == null) {
      points.put(key, points.size());
      items.octet(0);
      texts.write(items, item.device());
      texts.write(items, item.point());
      texts.write(items, item.unit());
    } else {
      items.unsigned(index + 1L);
    }
  }

  private void attributes(Map<String, Value> attributes) {
    items.unsigned(attributes.size());
    attributes.forEach(
        (key, value) -> {
          texts.write(items, key);
          value(value);
        });
  }

  private void result(CommandResult result) {
    items.text(result.id());
    items.unsigned(Codes.STATUSES.indexOf(result.status()));
    items.octet(result.value().isPresent() ? 1 : 0);
    result.value().ifPresent(this::value);
    texts.write(items, result.message());
  }

  private void value(Value value) {
    int tag = ValueCodec.tag(value);
    items.octet(tag);
    ValueCodec.write(items, tag, value, texts);
  }

  private void head(int tag, SampleTime time) {
    items.octet(tag | flag(time.quality()));
    long millis = millis(time.instant());
    items.signed(millis - lastMillis);
    lastMillis = millis;
  }

  private static int flag(TimeQuality quality) {
    return switch (quality) {
      case TRUSTED -> 0;
      case UNTRUSTED -> UNTRUSTED;
      case CORRECTED -> CORRECTED;
    };
  }

  private static long millis(Instant instant) {
    Instant lowest = Instant.ofEpochMilli(Long.MIN_VALUE);
    Instant highest = Instant.ofEpochMilli(Long.MAX_VALUE);
    if (instant.isBefore(lowest)) {
      return Long.MIN_VALUE;
    }
    return instant.isAfter(highest) ? Long.MAX_VALUE : instant.toEpochMilli();
  }

  /** What names a point in a block. */
  record PointKey(String device, String point, String unit) {}
}
