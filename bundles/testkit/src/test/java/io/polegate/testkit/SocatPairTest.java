package io.polegate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocatPairTest {
  @TempDir Path folder = Path.of("");

  @Test
  void whatOneEndSaysTheOtherHearsUntilThePairAndItsLinksAreGone() throws Exception {
    try (SocatPair pair = new SocatPair(folder)) {
      try (RandomAccessFile ours = new RandomAccessFile(pair.ours().toFile(), "rw");
          RandomAccessFile theirs = new RandomAccessFile(pair.theirs().toFile(), "rw")) {
        ours.write(7);
        assertThat(theirs.read()).isEqualTo(7);
      }
    }
    assertThat(Files.exists(folder.resolve("ours"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(Files.exists(folder.resolve("theirs"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }
}
