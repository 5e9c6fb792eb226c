package io.polegate.cloud;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import java.util.Locale;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.PropertySet;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.PropertyValue;

/** The properties of one metric, section 6.4.8 of the specification. One thread. */
final class SparkplugProperties {
  static final String SEQ = "Seq";
  static final String QUALITY = "Quality";
  static final String ENG_UNIT = "engUnit";
  private static final int BAD = 0;
  private static final int GOOD = 192;
  private static final int STALE = 500;

  private final PropertySet.Builder set = PropertySet.newBuilder();

  /** The number by which a platform removes repeats. */
  SparkplugProperties seq(long seq) {
    return put(
        SEQ, PropertyValue.newBuilder().setType(DataType.Int64_VALUE).setLongValue(seq).build());
  }

  SparkplugProperties text(String key, String text) {
    return put(
        key,
        PropertyValue.newBuilder().setType(DataType.String_VALUE).setStringValue(text).build());
  }

  SparkplugProperties number(String key, double number) {
    return put(
        key,
        PropertyValue.newBuilder().setType(DataType.Double_VALUE).setDoubleValue(number).build());
  }

  SparkplugProperties flag(String key, boolean flag) {
    return put(
        key,
        PropertyValue.newBuilder().setType(DataType.Boolean_VALUE).setBooleanValue(flag).build());
  }

  /** How far the present value can be trusted, and its time. */
  SparkplugProperties quality(Reading reading) {
    return (reading instanceof Reading.Good ? quality(GOOD) : doubts(reading)).time(reading.time());
  }

  /** What is wrong with a reading, if anything: no word about quality means a good one. */
  SparkplugProperties doubts(Reading reading) {
    if (reading instanceof Reading.Bad bad) {
      boolean silent =
          bad.reason() == BadReason.BUS_DOWN || bad.reason() == BadReason.DEVICE_SILENT;
      quality(silent ? STALE : BAD).text("Reason", bad.reason().wireName());
      if (!bad.detail().isEmpty()) {
        text("Detail", ItemWriter.wellFormed(bad.detail()));
      }
    }
    return this;
  }

  /** Nothing is known of the value now. */
  SparkplugProperties stale() {
    return quality(STALE);
  }

  /** Says so where the clock was not trusted. */
  SparkplugProperties time(SampleTime time) {
    return time.quality() == TimeQuality.TRUSTED
        ? this
        : text("Time Quality", time.quality().name().toLowerCase(Locale.ROOT));
  }

  PropertySet build() {
    return set.build();
  }

  private SparkplugProperties quality(int code) {
    return put(
        QUALITY,
        PropertyValue.newBuilder().setType(DataType.Int32_VALUE).setIntValue(code).build());
  }

  private SparkplugProperties put(String key, PropertyValue value) {
    set.addKeys(key).addValues(value);
    return this;
  }
}
