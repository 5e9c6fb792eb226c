package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.command.CommandStatus;
import io.polegate.api.data.BadReason;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BlockCodecTest {

  @Test
  void randomItemsComeOutAsTheyWentIn() throws Exception {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Lane lane = Codes.LANES.get(random.nextInt(4));
      List<Sequenced> items = items(random, lane);

      DecodedBlock decoded = BlockDecoder.decode(pack(lane, items).body);

      assertThat(decoded.items()).isEqualTo(items);
      assertThat(decoded.lane()).isEqualTo(lane);
      assertThat(decoded.ordinal()).isEqualTo(17);
      assertThat(decoded.span()).isEqualTo(items.size());
    }
  }

  @Test
  void oneFlippedBitAnywhereIsFound() {
    byte[] body = pack(Lane.TELEMETRY, items(new Random(1), Lane.TELEMETRY)).body;
    for (int bit = 0; bit < body.length * 8; bit += 13) {
      byte[] damaged = body.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> BlockDecoder.decode(damaged))
          .isInstanceOf(DamagedBlockException.class);
    }
  }

  @Test
  void anyShorterBlockIsFound() {
    byte[] body = pack(Lane.ALARM, items(new Random(2), Lane.ALARM)).body;
    for (int length = 0; length < body.length; length++) {
      byte[] damaged = java.util.Arrays.copyOf(body, length);
      assertThatThrownBy(() -> BlockDecoder.decode(damaged))
          .isInstanceOf(DamagedBlockException.class);
    }
  }

  @Test
  void aFullBlockOfReadingsTakesFewBytesPerReading() {
    List<Sequenced> items = new ArrayList<>();
    for (int i = 1; i <= 512; i++) {
      items.add(new Sequenced(i, Items.reading(i)));
    }

    assertThat(pack(Lane.TELEMETRY, items).body.length / 512.0).isLessThan(12);
  }

  @Test
  void everyConstantHasACode() {
    assertThat(Codes.REASONS).containsExactlyInAnyOrder(BadReason.values());
    assertThat(Codes.STATUSES).containsExactlyInAnyOrder(CommandStatus.values());
    assertThat(Codes.LANES).containsExactlyInAnyOrder(Lane.values());
  }

  private static Block pack(Lane lane, List<Sequenced> items) {
    BlockEncoder encoder = new BlockEncoder(lane, items.get(0).seq());
    items.forEach(item -> encoder.add(item.seq(), item.item()));
    return encoder.finish(17);
  }

  private static List<Sequenced> items(Random random, Lane lane) {
    List<Sequenced> items = new ArrayList<>();
    long seq = 1L + random.nextInt(1_000_000);
    for (int i = 1 + random.nextInt(100); i > 0; i--) {
      items.add(new Sequenced(seq, item(random, lane)));
      seq += 1L + random.nextInt(3);
    }
    return items;
  }

  private static JournalItem item(Random random, Lane lane) {
    JournalItem item = Items.random(random);
    while (item.lane() != lane) {
      item = Items.random(random);
    }
    return item;
  }
}
