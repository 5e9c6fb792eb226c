package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocumentFileTest {
  private final Path folder;

  DocumentFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static String messages(Path file) {
    return Checks.messages(Checks.withFakes().check(file)).strip();
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("none.yaml");
    assertThat(messages(file)).isEqualTo(file + ": there is no such file: check the path");
  }

  @Test
  void aFolderIsNoDocument() {
    assertThat(messages(folder)).isEqualTo(folder + ": is a folder: name the file in it");
  }

  @Test
  void aDeviceIsNoDocument() {
    assertThat(messages(Path.of("/dev/zero")))
        .isEqualTo("/dev/zero: is not an ordinary file: name one");
  }

  @Test
  void aFileThatCannotBeReadSaysWhy() {
    assertThat(messages(Path.of("/proc/self/mem")))
        .startsWith("/proc/self/mem: cannot be read (")
        .endsWith("): check the disk");
  }

  @Test
  void aLargeFileIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("large.yaml"), new byte[10_000_000]);
    assertThat(messages(file))
        .isEqualTo(file + ": is larger than 1MB: this is not the document of a pole");
  }

  @Test
  void anEmptyFileHasNoPole() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.yaml"));
    assertThat(messages(file))
        .isEqualTo(file + ":1:1: the document is empty: write at least pole: {id: …}");
  }
}
