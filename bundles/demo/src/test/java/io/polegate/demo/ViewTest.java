package io.polegate.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ViewTest {
  private final Board board = new Board(List.of("lamp-1", "env-1"));
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
  private final View plain =
      new PlainView(out, () -> Instant.parse("2026-11-01T12:34:56Z"), ZoneOffset.UTC);

  @Test
  void aDeviceIsOneLineWithItsLatestValues() throws Exception {
    take(
        "telemetry",
        """
        {"pole":"P","from":1,"to":3,"readings":[
          {"seq":1,"device":"lamp-1","point":"power","time":1,"value":36.59999,"unit":"W"},
          {"seq":2,"device":"lamp-1","point":"level","time":1,"value":29,"unit":"%"},
          {"seq":3,"device":"lamp-1","point":"level","time":2,"value":30,"unit":"%"}]}
        """);
    plain.changed(board, Set.of("lamp-1"));
    assertThat(printed()).isEqualTo("12:34:56 lamp-1     level 30 %, power 36.6 W\n");
  }

  @Test
  void aBadReadingShowsItsReason() throws Exception {
    take(
        "telemetry",
        """
        {"readings":[{"seq":1,"device":"env-1","point":"wind","time":1,"bad":"timeout","unit":"m/s"}]}
        """);
    assertThat(board.line("env-1")).isEqualTo("env-1      wind bad: timeout");
  }

  @Test
  void theBooksCountWhatCameOnAnyTopic() throws Exception {
    take(
        "telemetry",
        """
        {"readings":[{"seq":1,"device":"env-1","point":"wind","time":1,"value":1.0,"unit":""}]}
        """);
    take("events", "{\"events\":[{\"seq\":2,\"time\":1,\"type\":\"gap\",\"from\":4,\"to\":6}]}");
    take("results", "{\"results\":[{\"seq\":7,\"id\":\"a\",\"status\":\"done\",\"time\":1}]}");
    assertThat(board.silent()).containsExactly("lamp-1");
    assertThat(board.summary())
        .isEqualTo("1 readings received (lamp-1 0, env-1 1), holes 1, repeats 0, declared lost 3");
  }

  @Test
  void eventsAndResultsShowWhatTheyCarry() throws Exception {
    assertThat(
            parse(
                "events",
                "{\"events\":[{\"seq\":2,\"time\":1,\"type\":\"device-offline\","
                    + "\"lane\":\"state\",\"device\":\"env-1\"}]}"))
        .asString()
        .contains("device-offline device=env-1");
    assertThat(
            parse(
                "results",
                "{\"results\":[{\"seq\":7,\"id\":\"a\",\"status\":\"done\","
                    + "\"value\":80.0,\"time\":1}]}"))
        .asString()
        .contains("done value=80");
  }

  @Test
  void controlCharactersDoNotReachTheTerminal() {
    plain.note(board, "event \u001b[2J\u0007 text");
    assertThat(printed()).isEqualTo("12:34:56 event ?[2J? text\n");
  }

  @Test
  void theScreenIsRedrawnInPlaceAndKeepsTheLastNotes() {
    View screen = new ScreenView(out);
    for (int i = 1; i <= 10; i++) {
      written.reset();
      screen.note(board, "note " + i);
    }
    // two devices, the books, an empty line and eight notes were there before
    assertThat(printed())
        .contains("\u001b[12A")
        .contains("note 3\r\n")
        .endsWith("note 10\r\n\u001b[?7h");
    assertThat(printed()).doesNotContain("note 2\r\n");
  }

  @Test
  void aMessageThatIsNotWhatWasPromisedIsSaidToBe() {
    assertThatThrownBy(() -> parse("telemetry", "[]")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> parse("events", "{\"events\":3}")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> parse("state", "{")).isInstanceOf(IOException.class);
  }

  @Test
  void itemsOfTheWrongKindHarmNothing() throws Exception {
    take("telemetry", "{\"readings\":[3,null,{\"seq\":\"x\",\"value\":null}]}");
    assertThat(board.summary()).contains("holes 0");
  }

  private static List<Received> parse(String kind, String json) throws IOException {
    return Received.parse(kind, json.getBytes(StandardCharsets.UTF_8));
  }

  private void take(String kind, String json) throws IOException {
    parse(kind, json).forEach(board::take);
  }

  private String printed() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
