package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
  @TempDir Path folder;

  @Test
  void secondGatewayOnTheSameFolderIsRefusedUntilTheFirstEnds() throws IOException {
    Path data = folder.resolve("new/data");
    try (DataFolder first = DataFolder.take(data)) {
      assertThatThrownBy(() -> DataFolder.take(data)).hasMessageContaining("data folder " + data);
      assertThat(first.scratch()).isEmptyDirectory();
    }
    DataFolder.take(data).close();
  }

  @Test
  void whatAKilledProcessLeftInTheScratchFolderIsThrownAway() throws IOException {
    Files.createDirectories(folder.resolve("tmp/cache/a"));
    Files.writeString(folder.resolve("tmp/cache/a/lib.so"), "x");
    try (DataFolder data = DataFolder.take(folder)) {
      assertThat(data.scratch()).isEmptyDirectory();
    }
  }
}
