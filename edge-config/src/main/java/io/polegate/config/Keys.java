package io.polegate.config;

import io.polegate.api.config.ClockSpec;
import io.polegate.api.config.Curve;
import io.polegate.api.driver.Access;
import io.polegate.api.journal.Lane;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Shape;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The gateway's own keys, as schemas: the same mechanism checks them and those of drivers, and the
 * tables in the README are tested against them.
 */
final class Keys {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]++(\\.[0-9]*+)?|\\.[0-9]++)([eE][-+]?[0-9]++)?");
  private static final Pattern NOT_BLANK = Pattern.compile("\\S+");
  private static final Pattern ASSET_CODE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Ids of buses, devices, points and connections. */
  static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

  static final String POINTS = "points";
  static final String REPORT = "report";
  static final String HEARTBEAT = "heartbeat";
  static final String READ_BACK = "read-back";
  static final String OPTIONS = "options";
  static final String PARAMETERS = "parameters";
  static final String WITHOUT = "without";
  static final String GROUPS = "groups";
  static final String TAGS = "tags";
  static final String SETUP = "setup";
  static final String VALUES = "values";
  static final String FAULT = "fault";
  static final String ABSENT = "absent";
  static final String SCALE_FROM = "scale-from";
  static final String REFUSE_IF = "refuse-if";

  /** Keys of a device that are tables or lists of their own. */
  static final Set<String> BESIDE_DEVICE =
      Set.of(POINTS, OPTIONS, PARAMETERS, WITHOUT, GROUPS, TAGS, SETUP);

  /** Keys of a point that are tables or lists of their own. */
  static final Set<String> BESIDE_POINT = Set.of(VALUES, FAULT, ABSENT, SCALE_FROM, REFUSE_IF);

  // the document
  static final String POLE = "pole";
  static final String CLOCK = "clock";
  static final String JOURNAL = "journal";
  static final String BUSES = "buses";
  static final String DEVICES = "devices";
  static final String CLOUD = "cloud";
  static final Set<String> TOP = Set.of(POLE, CLOCK, JOURNAL, BUSES, DEVICES, CLOUD);

  // names, the same everywhere
  static final Setting<String> NAME =
      Setting.text("name").described("name in any language, or a table of the two below");
  static final Setting<String> NAME_ZH = Setting.text("name.zh").described("name in Chinese");
  static final Setting<String> NAME_EN = Setting.text("name.en").described("name in English");

  // pole
  static final Setting<String> POLE_ID =
      Setting.of("id", "1 to 64 letters, digits, - or _", text -> matching(ASSET_CODE, text))
          .required()
          .described("asset code of the pole");
  static final Setting<Double> LATITUDE =
      number("location.latitude", "a number of degrees from -90 to 90", -90, 90)
          .described("WGS 84, north is positive");
  static final Setting<Double> LONGITUDE =
      number("location.longitude", "a number of degrees from -180 to 180", -180, 180)
          .described("WGS 84, east is positive");
  static final Setting<ZoneId> TIMEZONE =
      Setting.of("timezone", "the name of a time zone, like Asia/Shanghai", Keys::zone)
          .defaultsTo("Asia/Shanghai")
          .described("for schedules; stored times are always UTC");
  static final Schema OF_POLE =
      Schema.of(POLE_ID, NAME, NAME_ZH, NAME_EN, LATITUDE, LONGITUDE, TIMEZONE);

  // clock
  static final Setting<ClockSpec.Trust> TRUST =
      Setting.choice("trust", ClockSpec.Trust.class)
          .defaultsTo("auto")
          .described(
              "who vouches for the clock: the time service (synchronised), its date (floor), or the"
                  + " service where there is one, else the date (auto)");
  static final Schema OF_CLOCK = Schema.of(TRUST);

  // one bus
  static final Setting<String> DRIVER =
      word("driver", "the name of a driver")
          .required()
          .described("what is spoken on it, see the README of the driver");
  static final Setting<Duration> RETRY_LIMIT =
      Setting.duration("retry-limit", Duration.ofSeconds(1), Duration.ofHours(1))
          .defaultsTo("1m")
          .described("longest pause between two tries to reach what is silent");
  static final Schema OF_BUS = Schema.of(DRIVER, RETRY_LIMIT);

  // one device
  static final Setting<String> BUS =
      word("bus", "the id of a bus").required().described("where it is");
  static final Setting<Duration> POLL =
      Setting.duration("poll", Duration.ofMillis(50), Duration.ofDays(1))
          .defaultsTo("30s")
          .described("time from the start of one read to the next");
  static final Setting<String> PROFILE =
      Setting.of("profile", "the id of a profile", text -> matching(ID, text))
          .described(
              "what model it is, see profiles/README.md; what is written beside counts more");
  static final Schema OF_DEVICE = Schema.of(BUS, NAME, NAME_ZH, NAME_EN, POLL, PROFILE);

  // one point
  static final Setting<Double> SCALE =
      Setting.of("scale", "a number other than 0", Shape.NUMBER, Keys::factor)
          .defaultsTo("1")
          .described("value = raw × scale + offset");
  static final Setting<Integer> NEGATIVE_FROM =
      Setting.integer("negative-from", 1, Integer.MAX_VALUE)
          .described("raw numbers from here on are negative: n means -(n - this)");
  static final Setting<Curve> CURVE =
      Setting.choice("curve", Curve.class)
          .defaultsTo("linear")
          .described("dali: arc power level 0 to 254 to percent (IEC 62386-102)");
  static final Setting<Duration> POINT_POLL =
      Setting.duration("poll", Duration.ofMillis(50), Duration.ofDays(7))
          .described("for a point that changes slowly: at least the poll of its device");
  static final Setting<String> READ_BACK_POINT =
      word("read-back.point", "the id of a point of this device")
          .described("the point that proves a write; by default this one");
  static final Setting<Duration> READ_BACK_WITHIN =
      Setting.duration("read-back.within", Duration.ofMillis(100), Duration.ofMinutes(5))
          .defaultsTo("5s")
          .described("longest time until it shows the value; the bus goes on meanwhile");
  static final Setting<Duration> READ_BACK_EVERY =
      Setting.duration("read-back.every", Duration.ofMillis(50), Duration.ofMinutes(1))
          .defaultsTo("500ms")
          .described("time between two looks at it");
  static final Setting<Double> OFFSET =
      anyNumber("offset").defaultsTo("0").described("in the unit");
  static final Setting<String> UNIT =
      Setting.text("unit").described("unit of the value, like °C or %");
  static final Setting<Access> ACCESS =
      Setting.choice("access", Access.class)
          .defaultsTo("read")
          .described("what this pole does with the point");
  static final Setting<Double> MIN =
      anyNumber("min").described("least plausible reading and least command, in the unit");
  static final Setting<Double> MAX =
      anyNumber("max").described("largest plausible reading and largest command, in the unit");
  static final Setting<Double> DEADBAND =
      number("report.deadband", "a number from 0", 0, Double.MAX_VALUE)
          .defaultsTo("0")
          .described("a change up to this, in the unit, is not kept");
  static final Setting<Duration> MAX_AGE =
      Setting.duration("report.max-age", Duration.ofSeconds(1), Duration.ofDays(7))
          .defaultsTo("10m")
          .described("an unchanged value is kept this often");
  static final Setting<EventLane> EVENT =
      Setting.choice("report.event", EventLane.class)
          .described("each change is an event as well, with this urgency");
  static final Setting<Double> HEARTBEAT_VALUE =
      anyNumber("heartbeat.value")
          .described("written again and again as proof of life, in the unit; 1 and 0 for bool");
  static final Setting<Duration> HEARTBEAT_EVERY =
      Setting.duration("heartbeat.every", Duration.ofMillis(100), Duration.ofHours(1))
          .described("time from the start of one such write to the next");
  static final Setting<Double> RELEASE =
      anyNumber("heartbeat.release").described("written once when the bus is stopped in order");
  static final Schema OF_POINT =
      Schema.of(
          NAME,
          NAME_ZH,
          NAME_EN,
          SCALE,
          OFFSET,
          NEGATIVE_FROM,
          CURVE,
          UNIT,
          ACCESS,
          MIN,
          MAX,
          POINT_POLL,
          DEADBAND,
          MAX_AGE,
          EVENT,
          HEARTBEAT_VALUE,
          HEARTBEAT_EVERY,
          RELEASE,
          READ_BACK_POINT,
          READ_BACK_WITHIN,
          READ_BACK_EVERY);

  // one connection
  static final Setting<String> FORMAT =
      word("format", "the name of a format").defaultsTo("json").described("what is sent, and how");
  static final Schema OF_CONNECTION = Schema.of(FORMAT);

  /** Lanes that a point may choose for its events. */
  enum EventLane {
    ALARM(Lane.ALARM),
    STATE(Lane.STATE);

    private final Lane lane;

    EventLane(Lane lane) {
      this.lane = lane;
    }

    Lane lane() {
      return lane;
    }
  }

  private Keys() {}

  private static Setting<String> word(String key, String form) {
    return Setting.of(key, form, text -> matching(NOT_BLANK, text));
  }

  private static Setting<Double> anyNumber(String key) {
    return number(key, "a number", -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  private static Setting<Double> number(String key, String form, double min, double max) {
    return Setting.of(
        key,
        form,
        Shape.NUMBER,
        text -> {
          double number = Double.parseDouble(matching(NUMBER, text));
          if (number < min || number > max) {
            throw new IllegalArgumentException("out of range: " + number);
          }
          return number;
        });
  }

  private static double factor(String text) {
    double number = Double.parseDouble(matching(NUMBER, text));
    if (number == 0 || Double.isInfinite(number)) {
      throw new IllegalArgumentException("not a factor: " + number);
    }
    return number;
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a time zone: " + text, e);
    }
  }

  private static String matching(Pattern pattern, String text) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("not of the form " + pattern);
    }
    return text;
  }
}
