package io.polegate.driver.dlt645;

import io.polegate.api.data.ValueType;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.Point;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A point of a meter. Pure. */
sealed interface MeterPoint extends Point {

  /**
   * Parses the settings of a point.
   *
   * @throws InvalidSettingException naming the key that is wrong and the remedy
   */
  static MeterPoint of(MeterDevice device, Settings settings) throws InvalidSettingException {
    if (device.address().equals(MeterDevice.ANY)) {
      throw new InvalidSettingException(
          "address", "is any meter, which is for finding one: write the 12 digits on the meter");
    }
    Optional<DataId> id = settings.find(MeterSettings.DATA_ID);
    if (settings.find(MeterSettings.ACTION).isPresent()) {
      refuse(settings, "is not for action: remove it", MeterSettings.DATA_ID, MeterSettings.LENGTH);
      refuse(settings, "is not for action: remove it", MeterSettings.START, MeterSettings.BIT);
      return new Clock(device, new BroadcastTime(settings.get(MeterSettings.TIMEZONE)));
    }
    if (id.isEmpty()) {
      throw new InvalidSettingException("data-id", "is missing: write " + DataId.FORM);
    }
    if (device.address().equals(MeterDevice.ALL)) {
      throw new InvalidSettingException(
          "data-id", "cannot be read from all meters at once: give the device a meter's address");
    }
    return new Datum(device, id.get(), start(settings), field(settings));
  }

  /** The meter that it belongs to. */
  MeterDevice device();

  /**
   * Something to read.
   *
   * @param start first byte in a block; empty if the datum is alone
   */
  record Datum(MeterDevice device, DataId id, OptionalInt start, DataField field)
      implements MeterPoint {
    @Override
    public ValueType type() {
      return field.type().valueType();
    }

    @Override
    public Access access() {
      return Access.READ;
    }

    /** Bytes that an answer needs to have. */
    int end() {
      return start.orElse(0) + field.length();
    }
  }

  /** The clock of all meters of the line, to be set. */
  record Clock(MeterDevice device, BroadcastTime time) implements MeterPoint {
    @Override
    public ValueType type() {
      return ValueType.BOOLEAN;
    }

    @Override
    public Access access() {
      return Access.WRITE;
    }
  }

  private static OptionalInt start(Settings settings) throws InvalidSettingException {
    Optional<Integer> start = settings.find(MeterSettings.START);
    return start.isPresent() ? OptionalInt.of(start.get()) : OptionalInt.empty();
  }

  private static DataField field(Settings settings) throws InvalidSettingException {
    DataType type = settings.get(MeterSettings.TYPE);
    int length =
        settings
            .find(MeterSettings.LENGTH)
            .orElseThrow(
                () ->
                    new InvalidSettingException(
                        "length", "is missing: write how many bytes the value has"));
    if (length > type.mostBytes()) {
      throw new InvalidSettingException(
          "length", "is too long for this type: write 1 to " + type.mostBytes());
    }
    Optional<Integer> bit = settings.find(MeterSettings.BIT);
    if (type != DataType.BOOL) {
      refuse(settings, "is for type bool only: remove it", MeterSettings.BIT);
      return new DataField(type, length, 0);
    }
    if (bit.isEmpty() || bit.get() >= length * Byte.SIZE) {
      throw new InvalidSettingException(
          "bit", "is needed with type bool: write 0 to " + (length * Byte.SIZE - 1));
    }
    return new DataField(type, length, bit.get());
  }

  private static void refuse(Settings settings, String why, Setting<?>... unfit)
      throws InvalidSettingException {
    for (Setting<?> setting : List.of(unfit)) {
      if (settings.find(setting).isPresent()) {
        throw new InvalidSettingException(setting.key(), why);
      }
    }
  }
}
