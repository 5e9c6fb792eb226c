package io.polegate.driver.serial;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.BusTime;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.RawRequest;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.serial.Line.Judge;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Devices that speak in lines. Thread rule of {@link Driver}. */
final class SerialDriver implements Driver, FrameTrace, BusTime, RawRequest {
  private static final Sample UNANSWERED =
      Sample.bad(BadReason.DEVICE_SILENT, "the device fell silent before this point");
  private static final Sample UNHEARD =
      Sample.bad(BadReason.DEVICE_SILENT, "no such line came within the time-out");

  /** A guess: devices of this kind answer after a few milliseconds with a few dozen characters. */
  private static final int USUAL_ANSWER = 32;

  private static final long USUAL_THINKING_NANOS = Duration.ofMillis(20).toNanos();

  private final LineRules rules;
  private final LineLink link;

  SerialDriver(LineRules rules, LineLink link) {
    this.rules = rules;
    this.link = link;
  }

  @Override
  public Point point(Settings device, Settings point) throws InvalidSettingException {
    return TextPoint.of(TextDevice.of(device), point);
  }

  @Override
  public void open() throws DriverException {
    link.open();
  }

  @Override
  public List<Sample> read(List<Point> points) throws DriverException {
    List<TextPoint> wanted = points.stream().map(TextPoint.class::cast).toList();
    if (wanted.isEmpty()) {
      return List.of();
    }
    TextDevice device = wanted.get(0).device();
    return device.freeRunning() ? listen(device, wanted) : ask(device, wanted);
  }

  @Override
  public void write(Point point, Value value) throws DriverException {
    TextPoint target = (TextPoint) point;
    TextDevice device = target.device();
    TextCommand command =
        target.command().orElseThrow(() -> new WriteRejectedException("the point is read only"));
    if (value.type() != target.type()) {
      throw new WriteRejectedException(
          "the point takes " + target.type() + ", not " + value.type());
    }
    String text = target.field().encode(value);
    byte[] content = device.checksum().protect(command.content(text));
    Optional<LinePattern> confirm = command.answerTo(text);
    if (confirm.isEmpty()) {
      link.tell(content, device.judge(line -> true), device.name());
      return;
    }
    Judge judge = device.judge(confirm.get()::fits);
    Line answer = link.exchange(content, judge, device.name());
    if (answer.kind() == Kind.EXCEPTION || !confirm.get().fits(answer.text())) {
      throw new WriteRejectedException(
          device.name() + " answered \"" + Field.shown(answer.text()) + "\"");
    }
  }

  @Override
  public Bytes exchange(Settings device, Bytes request) throws DriverException {
    TextDevice target;
    try {
      target = TextDevice.of(device);
    } catch (InvalidSettingException e) {
      throw new WriteRejectedException(e.key() + " " + e.getMessage(), e);
    }
    if (request.size() == 0 || request.size() > rules.maxLength()) {
      throw new WriteRejectedException("write 1 to " + rules.maxLength() + " bytes");
    }
    String echo = target.encoding().text(request.toArray());
    Judge judge = target.judge(line -> !line.equals(echo));
    byte[] content = target.checksum().protect(request.toArray());
    Line answer = link.exchange(content, judge, target.name());
    return switch (target.encoding()) {
      case ASCII -> Bytes.of(answer.text().getBytes(StandardCharsets.ISO_8859_1));
      case UTF_8 -> Bytes.of(answer.text().getBytes(StandardCharsets.UTF_8));
      case HEX -> Bytes.ofHex(answer.text());
    };
  }

  @Override
  public Duration busTime(List<Point> points) {
    List<TextPoint> wanted = points.stream().map(TextPoint.class::cast).toList();
    long nanos = 0;
    for (Bytes request : requests(wanted).keySet()) {
      int characters = request.size() + rules.sendEnd().size() + USUAL_ANSWER;
      nanos += rules.gapNanos() + characters * rules.characterNanos() + USUAL_THINKING_NANOS;
    }
    return Duration.ofNanos(nanos);
  }

  @Override
  public void traceTo(Listener listener) {
    link.traceTo(listener);
  }

  @Override
  public void close() {
    link.close();
  }

  /** One request for all points that share it. */
  private List<Sample> ask(TextDevice device, List<TextPoint> points) throws DriverException {
    List<Sample> samples = new ArrayList<>(Collections.nCopies(points.size(), UNANSWERED));
    boolean answered = false;
    for (Map.Entry<Bytes, List<Integer>> request : requests(points).entrySet()) {
      List<Integer> members = request.getValue();
      Judge judge = device.judge(line -> members.stream().anyMatch(i -> points.get(i).fits(line)));
      try {
        Line answer = link.exchange(request.getKey().toArray(), judge, device.name());
        members.forEach(i -> samples.set(i, points.get(i).sample(answer)));
        answered = true;
      } catch (DeviceSilentException e) {
        if (answered) {
          return samples;
        }
        throw e;
      }
    }
    return samples;
  }

  /** Lines as they come until each point has one; of several the last counts. */
  private List<Sample> listen(TextDevice device, List<TextPoint> points) throws DriverException {
    Sample[] samples = new Sample[points.size()];
    Arrays.fill(samples, UNHEARD);
    Judge judge = device.judge(line -> points.stream().anyMatch(point -> point.fits(line)));
    link.listen(device.maxAgeNanos(), device.checksum() != Checksum.NONE, judge);
    long deadline = link.now() + rules.timeoutNanos();
    while (true) {
      long left = deadline - link.now();
      boolean missing = Arrays.asList(samples).contains(UNHEARD);
      Optional<Line> heard = left < 0 ? Optional.empty() : link.hear(missing ? left : 0, judge);
      if (heard.isEmpty()) {
        break;
      }
      for (int i = 0; i < samples.length; i++) {
        samples[i] =
            points.get(i).fits(heard.get().text()) ? points.get(i).sample(heard.get()) : samples[i];
      }
    }
    if (Arrays.stream(samples).allMatch(UNHEARD::equals)) {
      String unfit = link.unfit();
      throw new DeviceSilentException(
          unfit.isEmpty()
              ? device.name() + " said nothing"
              : device.name() + " said nothing that fits, last " + unfit);
    }
    return List.of(samples);
  }

  /** The indices of the points behind each request, in the order of their first point. */
  private static Map<Bytes, List<Integer>> requests(List<TextPoint> points) {
    Map<Bytes, List<Integer>> requests = new LinkedHashMap<>();
    for (int i = 0; i < points.size(); i++) {
      Optional<Bytes> request = points.get(i).request();
      if (request.isPresent()) {
        requests.computeIfAbsent(request.get(), any -> new ArrayList<>()).add(i);
      }
    }
    return requests;
  }
}
