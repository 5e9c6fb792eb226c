package io.polegate.cloud;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.tahu.host.HostApplication;
import org.eclipse.tahu.host.api.MultiHostApplicationEventHandler;
import org.eclipse.tahu.message.SparkplugBPayloadDecoder;
import org.eclipse.tahu.message.model.MessageType;
import org.eclipse.tahu.message.model.Metric;
import org.eclipse.tahu.message.model.Metric.MetricBuilder;
import org.eclipse.tahu.message.model.MetricDataType;
import org.eclipse.tahu.message.model.SparkplugBPayload;
import org.eclipse.tahu.message.model.SparkplugDescriptor;
import org.eclipse.tahu.message.model.Topic;
import org.eclipse.tahu.model.MqttServerDefinition;
import org.eclipse.tahu.mqtt.MqttClientId;
import org.eclipse.tahu.mqtt.MqttServerName;
import org.eclipse.tahu.mqtt.MqttServerUrl;

/** The host application of Eclipse Tahu, which keeps its own books of births and sequences. */
final class TahuHost implements AutoCloseable {
  /** Tahu keeps its books in singletons: one host at a time, and a group of its own for each. */
  static final String ONE_AT_A_TIME = "Tahu's singletons";

  private final String group;
  private final HostApplication application;
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final List<String> happened = new CopyOnWriteArrayList<>();

  /** A metric as the host understood it, its alias turned into its name. */
  record Told(String where, String name, Optional<Object> value, boolean historical, long seq) {}

  TahuHost(String id, String group, String url) throws Exception {
    this.group = group;
    MultiHostApplicationEventHandler handler =
        (MultiHostApplicationEventHandler)
            Proxy.newProxyInstance(
                TahuHost.class.getClassLoader(),
                new Class<?>[] {MultiHostApplicationEventHandler.class},
                (proxy, method, arguments) -> heard(method, arguments));
    this.application =
        new HostApplication(
            handler,
            id,
            List.of("spBv1.0/" + group + "/#"),
            List.of(
                new MqttServerDefinition(
                    new MqttServerName("broker-" + group),
                    new MqttClientId("host-" + group, false),
                    new MqttServerUrl(url),
                    "",
                    "",
                    5,
                    new Topic("spBv1.0", id, MessageType.STATE))),
            null,
            new SparkplugBPayloadDecoder(),
            false);
    application.setOnlineState(true);
    application.start(true);
  }

  private Object heard(Method method, Object[] arguments) {
    if (method.getName().equals("toString")) {
      return "handler";
    }
    if (method.getName().equals("onDataMetric")) {
      told.add(told((SparkplugDescriptor) arguments[1], (Metric) arguments[2]));
    } else if (!method.getName().endsWith("Metric") && !method.getName().equals("onMessage")) {
      String where = arguments.length > 1 ? " " + arguments[1] : "";
      happened.add(method.getName() + where);
    }
    return Void.TYPE;
  }

  private static Told told(SparkplugDescriptor where, Metric metric) {
    long seq =
        metric.getProperties() == null || metric.getProperties().get("Seq") == null
            ? 0
            : (Long) metric.getProperties().get("Seq").getValue();
    return new Told(
        where.getDescriptorString(),
        metric.getName(),
        Optional.ofNullable(metric.getValue()),
        Boolean.TRUE.equals(metric.isHistorical()),
        seq);
  }

  List<Told> told() {
    return told;
  }

  /** Names of calls with who they are about: {@code onNodeBirthComplete street/P-1}. */
  List<String> happened() {
    return happened;
  }

  /** Whether every number up to this one came. */
  boolean hasAllUpTo(long last) {
    return missing(last).isEmpty();
  }

  /** What did not come up to this number. */
  Set<Long> missing(long last) {
    Set<Long> missing = new TreeSet<>();
    for (long seq = 1; seq <= last; seq++) {
      missing.add(seq);
    }
    told.forEach(one -> missing.remove(one.seq()));
    return missing;
  }

  /** Writes a metric of a device. */
  void command(String device, String metric, MetricDataType type, Object value, Instant time)
      throws Exception {
    SparkplugBPayload payload =
        new SparkplugBPayload.SparkplugBPayloadBuilder()
            .setTimestamp(Date.from(time))
            .addMetric(
                new MetricBuilder(metric, type, value).timestamp(Date.from(time)).createMetric())
            .createPayload();
    application.publishCommand(
        new Topic("spBv1.0", group, "P-1", device, MessageType.DCMD), payload);
  }

  @Override
  public void close() {
    application.shutdown();
  }
}
