package io.polegate.driver.opcua;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Browse;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.PushSource;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;

/** One server. Thread rule of {@link Driver}. */
final class OpcUaDriver implements Driver, PushSource, Browse {
  private static final Sample UNANSWERED =
      Sample.bad(BadReason.DEVICE_SILENT, "the server fell silent before this point");

  private final OpcUaBus bus;
  private final Pki pki;
  private volatile @Nullable Connection connection;
  private volatile @Nullable Subscription subscription;

  OpcUaDriver(OpcUaBus bus, Pki pki) {
    this.bus = bus;
    this.pki = pki;
  }

  /** What is done in a session. */
  @FunctionalInterface
  private interface Task<T> {
    T in(Session session) throws DriverException;
  }

  @Override
  public Point point(Settings device, Settings point) throws InvalidSettingException {
    return OpcUaPoint.of(device, point);
  }

  @Override
  public void open() throws DriverException {
    if (connection != null) {
      return;
    }
    Connection fresh = new Connection(bus);
    connection = fresh; // before connecting, so that close() can end it
    try {
      fresh.connect(new ClientSettings(bus, pki));
    } catch (EndpointDownException e) {
      close();
      throw e;
    }
  }

  @Override
  public List<Sample> read(List<Point> points) throws DriverException {
    return run(session -> samples(session, points.stream().map(OpcUaPoint.class::cast).toList()));
  }

  @Override
  public void write(Point point, Value value) throws DriverException {
    OpcUaPoint target = (OpcUaPoint) point;
    if (value.type() != target.type()) {
      throw new WriteRejectedException(
          target.node() + " takes " + target.type() + ", not " + value.type());
    }
    StatusCode status = run(session -> written(session, target, value));
    if (Statuses.silence(status)) {
      throw new DeviceSilentException(target.node() + ": " + Statuses.name(status));
    }
    if (status.isBad()) {
      throw new WriteRejectedException(target.node() + ": " + Statuses.name(status));
    }
  }

  @Override
  public void subscribe(List<Point> points, Listener listener) throws DriverException {
    Subscription before = subscription;
    if (before != null) {
      before.mute();
    }
    run(
        session -> {
          Subscription fresh = new Subscription(session.connection(), listener);
          subscription = fresh;
          fresh.start(points.stream().map(OpcUaPoint.class::cast).toList());
          return fresh;
        });
    if (before != null) {
      // only now: when the last subscription of a session goes, the server answers the waiting
      // publish requests, and if that crosses the next subscription Milo sends no new ones
      before.stop();
    }
  }

  @Override
  public List<Node> children(String node) throws DriverException {
    return run(session -> new NodeBrowser(session).children(node));
  }

  @Override
  public void close() {
    Subscription reporting = subscription;
    if (reporting != null) {
      reporting.mute();
    }
    subscription = null;
    Connection present = connection;
    connection = null;
    if (present != null) {
      present.close();
    }
  }

  private <T> T run(Task<T> task) throws DriverException {
    Connection present = connection;
    if (present == null) {
      throw new EndpointDownException("not connected to \"" + bus.url().text() + "\"");
    }
    try {
      return task.in(present.session());
    } catch (EndpointDownException e) {
      close();
      throw e;
    }
  }

  private static List<Sample> samples(Session session, List<OpcUaPoint> points)
      throws DriverException {
    List<Sample> samples = new ArrayList<>(Collections.nCopies(points.size(), UNANSWERED));
    Deque<List<Integer>> waiting = new ArrayDeque<>(batches(session, points, samples));
    boolean answered = false;
    while (!waiting.isEmpty()) {
      List<Integer> batch = waiting.remove();
      try {
        read(session, points, batch, samples);
        answered = true;
      } catch (RefusedException e) {
        answered = true;
        refused(batch, e, samples, waiting);
      } catch (DeviceSilentException e) {
        if (answered) {
          return samples;
        }
        throw e;
      }
    }
    return samples;
  }

  /** Indexes of the points that can be asked for; the others get their sample at once. */
  private static List<List<Integer>> batches(
      Session session, List<OpcUaPoint> points, List<Sample> samples) {
    List<List<Integer>> batches = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      if (session.namespaces().node(points.get(i).node()).isEmpty()) {
        samples.set(i, Sample.bad(BadReason.DEVICE_REFUSED, noNamespace(points.get(i))));
        continue;
      }
      if (batches.isEmpty() || batches.get(batches.size() - 1).size() == session.mostPerRead()) {
        batches.add(new ArrayList<>());
      }
      batches.get(batches.size() - 1).add(i);
    }
    return batches;
  }

  private static void read(
      Session session, List<OpcUaPoint> points, List<Integer> batch, List<Sample> samples)
      throws DriverException, RefusedException {
    List<NodeId> nodes =
        batch.stream()
            .map(i -> session.namespaces().node(points.get(i).node()).orElseThrow())
            .toList();
    DataValue[] answers = session.read(nodes, AttributeId.Value);
    for (int i = 0; i < answers.length; i++) {
      int point = batch.get(i);
      samples.set(point, VariantCodec.decode(answers[i], points.get(point).type()));
    }
  }

  /** Asks again for less if it was too much; a server need not state its limits. */
  private static void refused(
      List<Integer> batch,
      RefusedException refusal,
      List<Sample> samples,
      Deque<List<Integer>> waiting) {
    if (Statuses.tooLarge(refusal.status()) && batch.size() > 1) {
      waiting.addFirst(batch.subList(batch.size() / 2, batch.size()));
      waiting.addFirst(batch.subList(0, batch.size() / 2));
      return;
    }
    Sample bad = Sample.bad(Statuses.reason(refusal.status()), Statuses.name(refusal.status()));
    batch.forEach(i -> samples.set(i, bad));
  }

  private static StatusCode written(Session session, OpcUaPoint target, Value value)
      throws DriverException {
    Optional<NodeId> node = session.namespaces().node(target.node());
    if (node.isEmpty()) {
      throw new WriteRejectedException(noNamespace(target));
    }
    try {
      Optional<OpcUaDataType> type = session.types().ofVariable(node.get());
      if (type.isEmpty()) {
        throw new WriteRejectedException("the server does not say what " + target.node() + " is");
      }
      Variant variant = VariantCodec.encode(value, type.get());
      WriteValue[] wanted = {
        new WriteValue(node.get(), AttributeId.Value.uid(), null, DataValue.valueOnly(variant))
      };
      WriteResponse response =
          session.call(WriteResponse.class, header -> new WriteRequest(header, wanted));
      return Session.counted(response.getResults(), 1)[0];
    } catch (RefusedException e) {
      return e.status();
    }
  }

  private static String noNamespace(OpcUaPoint point) {
    return "the server has no namespace \"" + point.node().uri().orElse("") + "\"";
  }
}
