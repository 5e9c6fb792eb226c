package io.polegate.config;

import io.polegate.api.config.DeviceSpec.Confidence;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import java.util.Set;

/** The keys of a profile. */
final class ProfileKeys {
  static final String DRIVERS = "drivers";
  static final String LINK = "link";
  static final String ALTERNATIVES = "link-alternatives";
  static final String DEVICE = "device";
  static final String IDENTIFY = "identify";
  static final String ADDRESS_CHANGE = "address-change";
  static final String CHOICES = "choices";
  static final String DEFAULT = "default";

  /** What a device is for. */
  enum Category {
    ENVIRONMENT,
    WATER_LEVEL,
    TILT,
    MANHOLE,
    METER,
    RELAY,
    INPUT,
    BREAKER,
    LEAKAGE,
    POWER,
    LIGHTING,
    PRESENCE,
    RAIN,
    CHARGER
  }

  static final Setting<Integer> VERSION =
      Setting.integer("version", 1, 1_000_000)
          .required()
          .described("raised with each change of meaning");
  static final Setting<String> NAME_ZH =
      Setting.text("name.zh").required().described("the model in Chinese");
  static final Setting<String> NAME_EN =
      Setting.text("name.en").required().described("the model in English");
  static final Setting<String> MAKER_ZH =
      Setting.text("maker.zh").required().described("who makes it, in Chinese");
  static final Setting<String> MAKER_EN =
      Setting.text("maker.en").required().described("who makes it, in English");
  static final Setting<Category> CATEGORY =
      Setting.choice("category", Category.class).required().described("what it is for");
  static final Setting<String> SOURCE =
      Setting.text("source").required().described("where the facts are from");
  static final Setting<Confidence> CONFIDENCE =
      Setting.choice("confidence", Confidence.class)
          .required()
          .described("how far they can be trusted");
  static final Setting<String> NOTE_ZH =
      Setting.text("note.zh").described("what a technician must know, in Chinese");
  static final Setting<String> NOTE_EN =
      Setting.text("note.en").described("what a technician must know, in English");
  static final Setting<String> EXTENDS =
      Setting.text("extends").described("id of the profile that this one is a variant of");

  static final Schema OF_PROFILE =
      Schema.of(
          VERSION,
          NAME_ZH,
          NAME_EN,
          MAKER_ZH,
          MAKER_EN,
          CATEGORY,
          SOURCE,
          CONFIDENCE,
          NOTE_ZH,
          NOTE_EN,
          EXTENDS);

  /** Keys that are tables or lists of their own. */
  static final Set<String> BESIDE =
      Set.of(
          DRIVERS,
          LINK,
          ALTERNATIVES,
          DEVICE,
          Keys.POINTS,
          Keys.OPTIONS,
          Keys.PARAMETERS,
          IDENTIFY,
          ADDRESS_CHANGE);

  private ProfileKeys() {}
}
