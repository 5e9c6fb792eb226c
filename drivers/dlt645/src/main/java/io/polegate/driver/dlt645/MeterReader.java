package io.polegate.driver.dlt645;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Sample;
import io.polegate.driver.dlt645.MeterPoint.Datum;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads points of one meter, those with the same data id at once. Thread rule as for drivers. */
final class MeterReader {
  private static final Sample UNANSWERED =
      Sample.bad(BadReason.DEVICE_SILENT, "the meter fell silent before this point");

  /** More than a block has that {@code start} can reach into: 1064 bytes in frames of 200. */
  private static final int MOST_FOLLOW_UPS = 8;

  private final MeterLink link;

  /**
   * What was read of one data id.
   *
   * @param data as far as it came
   * @param missing why there is not more; empty if the meter has no more
   */
  private record Block(Bytes data, Optional<Sample> missing) {
    Sample sample(Datum point) {
      boolean tooShort = data.size() < point.end();
      if (tooShort && missing.isPresent()) {
        return missing.get();
      }
      if (tooShort || (point.start().isEmpty() && data.size() > point.end())) {
        return Sample.bad(
            BadReason.NOT_DECODABLE,
            "the meter sent " + data.size() + " bytes, expected were " + point.end());
      }
      int from = point.start().orElse(0);
      return point.field().decode(Arrays.copyOfRange(data.toArray(), from, point.end()));
    }
  }

  MeterReader(MeterLink link) {
    this.link = link;
  }

  /** See {@link io.polegate.api.driver.Driver#read}. */
  List<Sample> read(List<MeterPoint> points) throws DriverException {
    Sample[] samples = new Sample[points.size()];
    Arrays.fill(samples, UNANSWERED);
    boolean answered = false;
    for (List<Integer> members : requests(points).values()) {
      Block block;
      try {
        block = block(members.stream().map(i -> (Datum) points.get(i)).toList());
      } catch (DeviceSilentException e) {
        if (answered) {
          break;
        }
        throw e;
      }
      answered = true;
      members.forEach(i -> samples[i] = block.sample((Datum) points.get(i)));
      if (block.missing().equals(Optional.of(UNANSWERED))) {
        break;
      }
    }
    return List.of(samples);
  }

  /** The indices of the points behind each data id, in the order of their first point. */
  static Map<DataId, List<Integer>> requests(List<MeterPoint> points) {
    Map<DataId, List<Integer>> requests = new LinkedHashMap<>();
    for (int i = 0; i < points.size(); i++) {
      if (points.get(i) instanceof Datum datum) {
        requests.computeIfAbsent(datum.id(), any -> new ArrayList<>()).add(i);
      }
    }
    return requests;
  }

  private Block block(List<Datum> points) throws DeviceSilentException, EndpointDownException {
    MeterDevice device = points.get(0).device();
    DataId id = points.get(0).id();
    int needed = points.stream().mapToInt(Datum::end).max().orElseThrow();
    Frame frame = link.exchange(device, MeterRequest.read(device.address(), id));
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (int number = 1; !frame.refusal(); number++) {
      byte[] part = frame.data().toArray();
      // the first frame carries no number
      int end = number == 1 ? part.length : part.length - 1;
      data.write(part, DataId.BYTES, end - DataId.BYTES);
      if (!frame.more() || data.size() >= needed || number > MOST_FOLLOW_UPS) {
        return new Block(Bytes.of(data.toByteArray()), Optional.empty());
      }
      try {
        frame = link.exchange(device, MeterRequest.readMore(device.address(), id, number));
      } catch (DeviceSilentException e) {
        return new Block(Bytes.of(data.toByteArray()), Optional.of(UNANSWERED));
      }
    }
    Sample refused = Sample.bad(BadReason.DEVICE_REFUSED, ErrorWord.text(frame));
    return new Block(Bytes.of(data.toByteArray()), Optional.of(refused));
  }
}
