package io.polegate.config;

import io.polegate.api.config.UplinkFormat;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import java.util.Set;

/** An uplink format with settings like those of the JSON uplink. */
final class FakeJson implements UplinkFormat {
  private static final Setting<String> URL = Setting.text("url").required();

  @Override
  public String name() {
    return "json";
  }

  @Override
  public Schema settings() {
    return Schema.of(
        URL,
        Setting.text("client-id"),
        Setting.text("username"),
        Setting.text("password"),
        Setting.text("tls.ca"),
        Setting.flag("tls.verify").defaultsTo("true"));
  }

  @Override
  public void check(Settings connection) throws InvalidSettingException {
    if (connection.texts().containsKey("tls.ca") && !connection.get(URL).startsWith("ssl:")) {
      throw new InvalidSettingException("tls.ca", "has no use with tcp: write ssl:// in the url");
    }
  }

  @Override
  public Set<String> claims(Settings connection) throws InvalidSettingException {
    return Set.of("the topics of the pole at " + connection.get(URL));
  }
}
