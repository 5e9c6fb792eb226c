package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Setting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a profile says beside its points: the link, and how to recognise it. */
final class ProfileRecipesTest {
  private static final Pattern RANGE = Pattern.compile("(-?[0-9.]+?)\\.\\.(-?[0-9.]+)");

  static List<String> onModbus() throws IOException {
    List<String> ids = new ArrayList<>();
    for (String id : ShippedProfiles.ids()) {
      if (ShippedProfiles.drivers(id).get(0).startsWith("modbus")) {
        ids.add(id);
      }
    }
    return ids;
  }

  private static ProfileDocument document(String id) throws IOException {
    String driver = ShippedProfiles.drivers(id).get(0);
    return ProfileDocument.of(id, driver, ProfileDocument.nowhere(driver), Map.of());
  }

  @ParameterizedTest
  @MethodSource("onModbus")
  void isRecognisedByValuesThatItsPointsMayHave(String id) throws IOException {
    Map<String, PointSpec> points =
        document(id).device().points().stream()
            .collect(Collectors.toMap(PointSpec::id, Function.identity()));
    ShippedProfiles.table(ShippedProfiles.profile(id).get("identify"))
        .forEach(
            (key, wanted) -> {
              PointSpec point = points.get(String.valueOf(key));
              assertThat(point).as("point " + key).isNotNull();
              if (point != null) {
                each(wanted).forEach(value -> assertPossible(point, value));
              }
            });
  }

  @ParameterizedTest
  @MethodSource("onModbus")
  void itsLinkAndTheOthersAreSettingsOfItsDriver(String id) throws IOException {
    DriverFactory factory = document(id).factory();
    List<Object> links =
        new ArrayList<>(ShippedProfiles.list(ShippedProfiles.profile(id).get("link-alternatives")));
    links.add(ShippedProfiles.table(ShippedProfiles.profile(id).get("link")));
    for (Object link : links) {
      ShippedProfiles.table(link)
          .forEach((key, value) -> assertSetting(factory, String.valueOf(key), value));
    }
  }

  private static void assertSetting(DriverFactory factory, String key, @Nullable Object value) {
    Setting<?> setting =
        factory
            .busSettings()
            .find(key)
            .or(() -> factory.deviceSettings().find(key))
            .orElseThrow(() -> new AssertionError(key + " is no setting of " + factory.name()));
    try {
      assertThat(setting.parse(String.valueOf(value))).isNotNull();
    } catch (InvalidSettingException e) {
      throw new AssertionError(key, e);
    }
  }

  private static void assertPossible(PointSpec point, String wanted) {
    Matcher range = RANGE.matcher(wanted);
    if (range.matches()) {
      double low = Double.parseDouble(range.group(1));
      double high = Double.parseDouble(range.group(2));
      assertThat(low).as(point.id()).isLessThanOrEqualTo(high);
      assertThat(point.limits().min().orElse(low)).as(point.id()).isLessThanOrEqualTo(high);
      assertThat(point.limits().max().orElse(high)).as(point.id()).isGreaterThanOrEqualTo(low);
    } else if (!point.coding().values().isEmpty()) {
      assertThat(point.coding().values())
          .as(point.id())
          .anyMatch(meaning -> text(meaning.value()).equals(wanted));
    } else {
      assertThat(wanted).as(point.id()).isNotEmpty();
    }
  }

  private static String text(Value value) {
    if (value instanceof Value.Bool state) {
      return Boolean.toString(state.value());
    }
    return value instanceof Value.Text text ? text.value() : value.toString();
  }

  private static List<String> each(@Nullable Object node) {
    return node instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(node));
  }
}
