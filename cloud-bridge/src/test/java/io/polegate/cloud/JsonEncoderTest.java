package io.polegate.cloud;

import static io.polegate.cloud.InMemoryJournal.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JsonEncoderTest {
  private final JsonEncoder encoder = new JsonEncoder("P-1", 10);

  private String one(Lane lane, long seq, JournalItem item) {
    return new String(
        encoder.encode(lane, List.of(new Sequenced(seq, item))).payload(), StandardCharsets.UTF_8);
  }

  private String value(Value value) {
    String json =
        one(
            Lane.TELEMETRY,
            11,
            new JournalItem.PointReading("d", "p", "", new Reading.Good(value, TIME)));
    return json.substring(json.indexOf("\"value\":") + 8, json.indexOf(",\"unit\""));
  }

  @Test
  void aReadingHasItsNumberPlaceTimeValueAndUnit() {
    assertThat(one(Lane.TELEMETRY, 11, InMemoryJournal.reading(80)))
        .isEqualTo(
            "{\"pole\":\"P-1\",\"from\":11,\"to\":11,\"readings\":[{\"seq\":11,"
                + "\"device\":\"lamp-1\",\"point\":\"level\",\"time\":1793534400000,"
                + "\"value\":80,\"unit\":\"%\"}]}");
  }

  @Test
  void aBadReadingHasTheReasonAndWhatIsOldOrUntrustedSaysSo() {
    SampleTime untrusted = new SampleTime(InMemoryJournal.NOON, TimeQuality.UNTRUSTED);
    Reading bad = new Reading.Bad(BadReason.DEVICE_REFUSED, "exception 2", untrusted);
    assertThat(one(Lane.TELEMETRY, 10, new JournalItem.PointReading("d", "p", "V", bad)))
        .contains(
            "\"time\":1793534400000,\"time-quality\":\"untrusted\",\"bad\":\"device-refused\","
                + "\"detail\":\"exception 2\",\"unit\":\"V\",\"historical\":true}");
  }

  @Test
  void valuesOfEachKindHaveTheirForm() {
    assertThat(value(new Value.Bool(true))).isEqualTo("true");
    assertThat(value(new Value.Int(Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
    assertThat(value(new Value.Real(0.1))).isEqualTo("0.1");
    assertThat(value(new Value.Real(-2.5e-7))).isEqualTo("-2.5E-7");
    assertThat(value(new Value.Text("灯 \"a\"\n"))).isEqualTo("\"灯 \\\"a\\\"\\n\"");
    assertThat(value(Bytes.ofHex("00ff"))).isEqualTo("{\"hex\":\"00ff\"}");
  }

  @Test
  void brokenTextDoesNotBreakTheMessage() {
    assertThat(value(new Value.Text("a\ud83d"))).isEqualTo("\"a\ufffd\"");
    assertThat(value(new Value.Text("\udc00\u0000"))).isEqualTo("\"\ufffd\\u0000\"");
    assertThat(value(new Value.Text("\ud83d\udca1"))).isEqualTo("\"\ud83d\udca1\"");
  }

  @Test
  void anAttributeDoesNotHideAMemberOfTheEvent() {
    Map<String, Object> event =
        Json.objects(
                Json.object(
                    encoder
                        .encode(
                            Lane.ALARM,
                            List.of(
                                new Sequenced(
                                    12,
                                    new JournalItem.Event(
                                        Lane.ALARM,
                                        TIME,
                                        "tilt",
                                        Map.of(
                                            "seq", new Value.Int(0),
                                            "angle", new Value.Real(3.5))))))
                        .payload()),
                "events")
            .get(0);
    assertThat(event)
        .isEqualTo(
            Map.of(
                "seq",
                12L,
                "time",
                1793534400000L,
                "type",
                "tilt",
                "lane",
                "alarm",
                "x-seq",
                0L,
                "angle",
                3.5));
  }

  @Test
  void aResultHasValueAndMessageOnlyWhereThereAreSome() {
    CommandResult done =
        new CommandResult("c1", CommandStatus.DONE, Optional.of(new Value.Int(5)), "", TIME);
    CommandResult refused =
        new CommandResult("c2", CommandStatus.REFUSED, Optional.empty(), "too late", TIME);
    assertThat(one(Lane.RESULT, 11, new JournalItem.Result(done)))
        .isEqualTo(
            "{\"pole\":\"P-1\",\"results\":[{\"seq\":11,\"id\":\"c1\",\"status\":\"done\","
                + "\"value\":5,\"time\":1793534400000}]}");
    assertThat(one(Lane.RESULT, 12, new JournalItem.Result(refused)))
        .isEqualTo(
            "{\"pole\":\"P-1\",\"results\":[{\"seq\":12,\"id\":\"c2\",\"status\":\"refused\","
                + "\"message\":\"too late\",\"time\":1793534400000}]}");
  }

  @Test
  void aMessageIsClosedWhenItIsLargeEnough() {
    List<Sequenced> items = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      Reading big = new Reading.Good(new Value.Text("x".repeat(10_000)), TIME);
      items.add(new Sequenced(i, new JournalItem.PointReading("d", "p", "", big)));
    }
    JsonEncoder.Encoded encoded = encoder.encode(Lane.TELEMETRY, items);
    assertThat(encoded.lastSeq()).isEqualTo(26);
    assertThat(encoded.payload().length).isBetween(256_000, 268_000);
    assertThat(Json.object(encoded.payload())).containsEntry("to", 26L);
  }
}
