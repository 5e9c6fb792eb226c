package io.polegate.buffer;

import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Unpacks what a {@link BlockEncoder} packed, after checking every byte of it. For one thread. */
final class BlockDecoder {
  private final Unpacker in;
  private final Lane lane;
  private final Texts texts = new Texts();
  private final List<BlockEncoder.PointKey> points = new ArrayList<>();
  private long lastMillis;

  private BlockDecoder(Unpacker in, Lane lane) {
    this.in = in;
    this.lane = lane;
  }

  static DecodedBlock decode(byte[] body) throws DamagedBlockException {
    int end = checked(body);
    Unpacker in = new Unpacker(body, end);
    int version = in.octet();
    if (version != BlockEncoder.VERSION) {
      throw new DamagedBlockException("block version " + version);
    }
    Lane lane = Codes.LANES.get(in.index(Codes.LANES.size()));
    long first = in.unsigned();
    long ordinal = in.unsigned();
    int span = in.index(Integer.MAX_VALUE);
    int count = in.index(end);
    return new DecodedBlock(
        lane, first, ordinal, span, new BlockDecoder(in, lane).items(first, count));
  }

  private static int checked(byte[] body) throws DamagedBlockException {
    int end = body.length - 4;
    if (end < 0) {
      throw new DamagedBlockException("block of " + body.length + " bytes");
    }
    CRC32C crc = new CRC32C();
    crc.update(body, 0, end);
    int stored = 0;
    for (int i = end; i < body.length; i++) {
      stored = (stored << 8) | (body[i] & 0xFF);
    }
    if (stored != (int) crc.getValue()) {
      throw new DamagedBlockException("checksum differs");
    }
    return end;
  }

  private List<Sequenced> items(long first, int count) throws DamagedBlockException {
    List<Sequenced> items = new ArrayList<>(count);
    long seq = first;
    for (int i = 0; i < count; i++) {
      seq += in.unsigned();
      items.add(new Sequenced(seq, item()));
    }
    if (!in.atEnd()) {
      throw new DamagedBlockException("bytes left over");
    }
    return items;
  }

  private JournalItem item() throws DamagedBlockException {
    int head = in.octet();
    int tag = head & ~(BlockEncoder.UNTRUSTED | BlockEncoder.CORRECTED);
    lastMillis += in.signed();
    SampleTime time = new SampleTime(Instant.ofEpochMilli(lastMillis), quality(head));
    if (tag == BlockEncoder.EVENT) {
      return new JournalItem.Event(lane, time, texts.read(in), attributes());
    }
    if (tag == BlockEncoder.RESULT) {
      return new JournalItem.Result(result(time));
    }
    BlockEncoder.PointKey key = point();
    return new JournalItem.PointReading(key.device(), key.point(), key.unit(), reading(tag, time));
  }

  private static TimeQuality quality(int head) {
    if ((head & BlockEncoder.UNTRUSTED) != 0) {
      return TimeQuality.UNTRUSTED;
    }
    return (head & BlockEncoder.CORRECTED) != 0 ? TimeQuality.CORRECTED : TimeQuality.TRUSTED;
  }

  private Reading reading(int tag, SampleTime time) throws DamagedBlockException {
    if (tag == BlockEncoder.BAD) {
      return new Reading.Bad(
          Codes.REASONS.get(in.index(Codes.REASONS.size())), texts.read(in), time);
    }
    return new Reading.Good(ValueCodec.read(in, tag, texts), time);
  }

  private BlockEncoder.PointKey point() throws DamagedBlockException {
    int code = in.index(points.size() + 1);
    if (code > 0) {
      return points.get(code - 1);
    }
    BlockEncoder.PointKey key =
        new BlockEncoder.PointKey(texts.read(in), texts.read(in), texts.read(in));
    points.add(key);
    return key;
  }

  private Map<String, Value> attributes() throws DamagedBlockException {
    int size = in.index(Integer.MAX_VALUE);
    Map<String, Value> attributes = new HashMap<>();
    for (int i = 0; i < size; i++) {
      attributes.put(texts.read(in), value());
    }
    return attributes;
  }

  private CommandResult result(SampleTime time) throws DamagedBlockException {
    String id = in.text();
    CommandStatus status = Codes.STATUSES.get(in.index(Codes.STATUSES.size()));
    Optional<Value> value = in.octet() == 1 ? Optional.of(value()) : Optional.empty();
    return new CommandResult(id, status, value, texts.read(in), time);
  }

  private Value value() throws DamagedBlockException {
    return ValueCodec.read(in, in.octet(), texts);
  }
}
