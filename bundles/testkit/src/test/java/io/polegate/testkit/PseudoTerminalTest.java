package io.polegate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudoTerminalTest {
  private static final byte[] EVERY_BYTE = new byte[256];

  static {
    for (int i = 0; i < EVERY_BYTE.length; i++) {
      EVERY_BYTE[i] = (byte) i;
    }
  }

  @TempDir Path folder = Path.of("");

  @Test
  void everyByteCrossesUnchangedInBothDirections() throws Exception {
    try (PseudoTerminal terminal = PseudoTerminal.open();
        RandomAccessFile port = new RandomAccessFile(terminal.port().toFile(), "rw")) {
      port.write(EVERY_BYTE);
      assertThat(terminal.input().readNBytes(256)).isEqualTo(EVERY_BYTE);
      terminal.output().write(EVERY_BYTE);
      byte[] received = new byte[256];
      port.readFully(received);
      assertThat(received).isEqualTo(EVERY_BYTE);
    }
  }

  @Test
  void aLinkKeepsItsNameWhenThePortChanges() throws Exception {
    Path link = folder.resolve("line");
    PseudoTerminal.open(link).close();
    try (PseudoTerminal terminal = PseudoTerminal.open(link);
        RandomAccessFile port = new RandomAccessFile(link.toFile(), "rw")) {
      assertThat(terminal.port()).isEqualTo(link);
      assertThat(Files.isSymbolicLink(link)).isTrue();
      port.write(7);
      assertThat(terminal.input().read()).isEqualTo(7);
    }
  }

  @Test
  void closeTakesItsLinkAlongButNotOneThatLeadsElsewhereNow() throws Exception {
    Path link = folder.resolve("line");
    PseudoTerminal first = PseudoTerminal.open(link);
    try (PseudoTerminal second = PseudoTerminal.open(link)) {
      first.close();
      assertThat(second.port()).isSymbolicLink();
    }
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void closeEndsABlockedReadAndTakesThePortAway() throws Exception {
    PseudoTerminal terminal = PseudoTerminal.open();
    CompletableFuture<Integer> blocked = CompletableFuture.supplyAsync(() -> read(terminal));
    terminal.close();
    assertThat(blocked.get(20, TimeUnit.SECONDS)).isEqualTo(-1);
    assertThat(terminal.port()).doesNotExist();
    assertThatThrownBy(() -> terminal.output().write(1)).isInstanceOf(IOException.class);
  }

  private static int read(PseudoTerminal terminal) {
    try (InputStream in = terminal.input()) {
      return in.read();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
