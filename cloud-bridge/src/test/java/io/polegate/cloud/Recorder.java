package io.polegate.cloud;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/** Keeps what is published; the broker has it at once unless told otherwise. */
final class Recorder implements Publisher {
  private final List<Message> messages = new ArrayList<>();

  @Override
  public void publish(Message message, Runnable acknowledged) {
    messages.add(message);
    acknowledged.run();
  }

  @Override
  public void deliver(Message message, Duration patience) {
    messages.add(message);
  }

  List<Message> messages() {
    return messages;
  }

  void clear() {
    messages.clear();
  }

  /** The topics, without what all have in common: {@code NBIRTH}, {@code DDATA lamp-1}. */
  List<String> kinds() {
    return messages.stream().map(Recorder::kind).toList();
  }

  static String kind(Message message) {
    String[] elements = message.topic().split("/", -1);
    if (!elements[0].equals("spBv1.0")) {
      return elements[elements.length - 1];
    }
    return elements.length == 5 ? elements[2] + " " + elements[4] : elements[2];
  }

  /** The payloads of one kind. */
  List<Payload> payloads(String kind) {
    return messages.stream()
        .filter(message -> kind(message).equals(kind))
        .map(message -> payload(message.payload()))
        .toList();
  }

  /** The only payload of one kind. */
  Payload payload(String kind) {
    List<Payload> all = payloads(kind);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " of " + kind + " among " + kinds());
    }
    return all.get(0);
  }

  static Payload payload(byte[] bytes) {
    try {
      return Payload.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("no Sparkplug payload", e);
    }
  }

  /** The metric of this name. */
  static Metric metric(Payload payload, String name) {
    return payload.getMetricsList().stream()
        .filter(metric -> metric.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + payload));
  }

  /** A property of a metric. */
  static Payload.PropertyValue property(Metric metric, String key) {
    int index = metric.getProperties().getKeysList().indexOf(key);
    if (index < 0) {
      throw new AssertionError("no property " + key + " of " + metric);
    }
    return metric.getProperties().getValues(index);
  }
}
