package io.polegate.cloud;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.settings.InvalidSettingException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes uplinks that speak Sparkplug. It counts the sessions of each connection, so that a changed
 * document does not begin the count anew. Thread-safe.
 */
final class SparkplugUplinkFormat implements Format {
  private final Map<Identity, SparkplugCounter> sessions = new ConcurrentHashMap<>();

  private record Identity(String connection, SparkplugTopics node) {}

  @Override
  public String name() {
    return SparkplugFormat.NAME;
  }

  /** Births tell all of it. */
  @Override
  public Object basis(PoleSpec pole) {
    return List.of(pole.names(), pole.devices());
  }

  @Override
  public UplinkPlan plan(PoleSpec pole, ConnectionSpec connection, Surroundings around)
      throws InvalidSettingException {
    LinkOptions link = LinkOptions.of(pole.id(), connection);
    SparkplugOptions options = SparkplugOptions.of(pole.id(), connection, link.urls().size() > 1);
    SparkplugModel model = SparkplugModel.of(pole);
    SparkplugTypes types = new SparkplugTypes();
    SparkplugCounter sessionNumbers =
        sessions.computeIfAbsent(
            new Identity(connection.id(), options.topics()), fresh -> new SparkplugCounter());
    return new UplinkPlan(
        link,
        DeliverySettings.options(connection.settings(), Optional.empty()),
        situation ->
            new SparkplugConversation(options, model, types, sessionNumbers, around, situation));
  }
}
