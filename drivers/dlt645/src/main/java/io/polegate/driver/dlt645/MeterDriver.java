package io.polegate.driver.dlt645;

import io.polegate.api.data.Bytes;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import io.polegate.api.driver.BusTime;
import io.polegate.api.driver.DeviceProbe;
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
import io.polegate.driver.dlt645.MeterPoint.Clock;
import io.polegate.driver.dlt645.MeterPoint.Datum;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** DL/T 645-2007 on a serial line. Thread rule of {@link Driver}. */
final class MeterDriver implements Driver, FrameTrace, BusTime, RawRequest, DeviceProbe {
  private static final Bytes NO_ANSWER = Bytes.of(new byte[0]);

  /** Total active energy: every meter of the standard has it. */
  private static final DataId PROBED = new DataId("00010000");

  /** Bytes of a block in one frame, whose data field has at most 200 with the data id (5.2.4). */
  private static final int USUAL_FRAME = 196;

  private final MeterLink link;
  private final LinkTiming timing;
  private final MeterReader reader;
  private final Supplier<SampleTime> clock;

  MeterDriver(MeterLink link, LinkTiming timing, Supplier<SampleTime> clock) {
    this.link = link;
    this.timing = timing;
    this.reader = new MeterReader(link);
    this.clock = clock;
  }

  @Override
  public Point point(Settings device, Settings point) throws InvalidSettingException {
    return MeterPoint.of(MeterDevice.of(device), point);
  }

  @Override
  public void open() throws DriverException {
    link.open();
  }

  @Override
  public List<Sample> read(List<Point> points) throws DriverException {
    return reader.read(meterPoints(points));
  }

  @Override
  public void write(Point point, Value value) throws DriverException {
    if (!(point instanceof Clock target)) {
      throw new WriteRejectedException("the point is read only");
    }
    if (!value.equals(new Value.Bool(true))) {
      throw new WriteRejectedException("the point takes true, which sends the present time");
    }
    Frame frame = target.time().frame(clock.get());
    link.tell(target.device(), new MeterRequest(frame));
  }

  @Override
  public void traceTo(Listener listener) {
    link.traceTo(listener);
  }

  @Override
  public Duration busTime(List<Point> points) {
    List<MeterPoint> planned = meterPoints(points);
    Duration sum = Duration.ZERO;
    for (List<Integer> members : MeterReader.requests(planned).values()) {
      Datum first = (Datum) planned.get(members.get(0));
      int data = members.stream().mapToInt(i -> ((Datum) planned.get(i)).end()).max().orElse(0);
      int request = first.device().wake() + Frame.OVERHEAD + DataId.BYTES;
      Duration oneFrame = timing.usual(request + Frame.OVERHEAD + DataId.BYTES);
      int frames = (data + USUAL_FRAME - 1) / USUAL_FRAME;
      sum = sum.plus(oneFrame.multipliedBy(frames)).plusNanos(timing.transmission(data));
    }
    return sum;
  }

  /** A request to all meters is answered by nobody: what returns is empty. */
  @Override
  public Bytes exchange(Settings device, Bytes request) throws DriverException {
    MeterDevice target;
    MeterRequest raw;
    try {
      target = MeterDevice.of(device);
      raw = MeterRequest.raw(target.address(), request);
    } catch (InvalidSettingException e) {
      throw new WriteRejectedException(e.key() + " " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new WriteRejectedException(String.valueOf(e.getMessage()), e);
    }
    if (raw.broadcast()) {
      link.tell(target, raw);
      return NO_ANSWER;
    }
    Frame answer = link.exchange(target, raw);
    byte[] data = answer.data().toArray();
    byte[] all = new byte[data.length + 1];
    all[0] = (byte) answer.control();
    System.arraycopy(data, 0, all, 1, data.length);
    return Bytes.of(all);
  }

  @Override
  public Optional<String> probe(Settings device) throws DriverException {
    MeterDevice asked;
    try {
      asked = MeterDevice.of(device);
    } catch (InvalidSettingException e) {
      throw new IllegalArgumentException(e);
    }
    boolean any = asked.address().equals(MeterDevice.ANY);
    MeterRequest request =
        any ? MeterRequest.findAddress() : MeterRequest.read(asked.address(), PROBED);
    if (request.broadcast()) {
      return Optional.empty();
    }
    try {
      Frame answer = link.exchange(asked, request);
      String said = answer.refusal() ? " with " + ErrorWord.text(answer) : "";
      return Optional.of("meter " + answer.address() + " answers" + said);
    } catch (DeviceSilentException e) {
      return Optional.empty(); // nobody, or several at once
    }
  }

  @Override
  public void close() {
    link.close();
  }

  private static List<MeterPoint> meterPoints(List<Point> points) {
    return points.stream().map(MeterPoint.class::cast).toList();
  }
}
