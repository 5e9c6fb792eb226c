package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.PoleSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file may change while drivers come and go. */
final class DocumentInForceTest {
  private static final String HALF =
      """
      pole: {id: A}
      buses:
        one: {driver: modbus-rtu, port: /dev/ttyS1}
      """;
  private static final String WHOLE = HALF + "  two: {driver: modbus-rtu, port: /dev/ttyS2}\n";

  private final Path file;
  private final List<PoleSpec> applied = new ArrayList<>();
  private final List<String> writtenMeanwhile = new ArrayList<>();
  private final DocumentInForce document =
      new DocumentInForce(
          () ->
              Plugins.of(
                  List.of(new Plugins.Offered("modbus-rtu", FakeModbus.rtu(), false)), List.of()),
          applied::add,
          () -> writtenMeanwhile.forEach(this::write));

  DocumentInForceTest(@TempDir Path folder) {
    file = folder.resolve("pole.yaml");
    write(WHOLE);
    assertThat(document.apply(file).isGood()).isTrue();
  }

  private void write(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> buses() {
    return applied.get(applied.size() - 1).buses().stream().map(BusSpec::id).toList();
  }

  @Test
  void halfOfAFileThatIsJustBeingWrittenStopsNothing() {
    write(HALF);
    writtenMeanwhile.add(WHOLE);
    document.driversChanged();
    assertThat(buses()).containsExactly("one", "two");
  }

  @Test
  void aFileThatWasChangedAndIsWholeIsBroughtIntoForce() {
    write(HALF);
    document.driversChanged();
    assertThat(buses()).containsExactly("one");
  }
}
