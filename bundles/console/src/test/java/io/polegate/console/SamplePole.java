package io.polegate.console;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.Coding;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PointSpec.Limits;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.driver.Access;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A document like that of a real pole. */
final class SamplePole {
  private static final Limits PERCENT = new Limits(OptionalDouble.of(0), OptionalDouble.of(100));

  private SamplePole() {}

  static PoleSpec document() {
    return new PoleSpec(
        "CQ-YB-000417",
        Map.of("zh", "渝北区新溉大道417号杆", "en", "Xingai Avenue 417"),
        Optional.empty(),
        ZoneId.of("Asia/Shanghai"),
        JournalSpec.DEFAULT,
        List.of(
            bus("rs485-1", "modbus-rtu"), bus("rs485-2", "modbus-rtu"), bus("lan", "modbus-tcp")),
        List.of(lamp(), environment(), water(), meter(), manhole()),
        List.of());
  }

  private static DeviceSpec lamp() {
    return device(
        "lamp-1",
        "单灯控制器",
        "Lamp controller",
        "rs485-1",
        new PointSpec[] {
          point("level", "亮度", "Level", "%", Access.READ_WRITE, PERCENT),
          point("relay", "灯具电源", "Lamp supply", "", Access.READ_WRITE, Limits.NONE),
          point("power", "功率", "Power", "W", Access.READ, Limits.NONE),
          point("label", "显示文字", "Label", "", Access.READ_WRITE, Limits.NONE),
          point("reset", "复位", "Reset", "", Access.WRITE, Limits.NONE)
        });
  }

  private static DeviceSpec environment() {
    return device(
        "env-1",
        "环境监测站",
        "Environment station",
        "rs485-1",
        new PointSpec[] {
          point("temperature", "气温", "Air temperature", "Cel", Access.READ, Limits.NONE),
          point("humidity", "相对湿度", "Relative humidity", "%", Access.READ, PERCENT),
          point("pm25", "PM2.5", "PM2.5", "ug/m3", Access.READ, Limits.NONE),
          point("noise", "噪声", "Noise", "dB", Access.READ, Limits.NONE)
        });
  }

  private static DeviceSpec water() {
    return device(
        "water-1",
        "积水监测",
        "Water gauge",
        "rs485-2",
        new PointSpec[] {point("depth", "积水深度", "Water depth", "cm", Access.READ, Limits.NONE)});
  }

  private static DeviceSpec meter() {
    return device(
        "meter-1",
        "电能表",
        "Energy meter",
        "lan",
        new PointSpec[] {
          point("voltage", "电压", "Voltage", "V", Access.READ, Limits.NONE),
          point("energy", "用电量", "Energy", "kWh", Access.READ, Limits.NONE)
        });
  }

  private static DeviceSpec manhole() {
    return device(
        "manhole-1",
        "井盖探测器",
        "Manhole probe",
        "lan",
        new PointSpec[] {
          point("open", "井盖开启", "Cover open", "", Access.READ, Limits.NONE),
          point("serial", "编号", "Serial", "", Access.READ, Limits.NONE)
        });
  }

  private static BusSpec bus(String id, String driver) {
    return new BusSpec(id, driver, Duration.ofMinutes(1), Settings.NONE);
  }

  private static DeviceSpec device(
      String id, String zh, String en, String bus, PointSpec[] points) {
    return new DeviceSpec(
        id, Map.of("zh", zh, "en", en), bus, Duration.ofSeconds(5), Settings.NONE, List.of(points));
  }

  private static PointSpec point(
      String id, String zh, String en, String unit, Access access, Limits limits) {
    return new PointSpec(
        id,
        Map.of("zh", zh, "en", en),
        Settings.NONE,
        Coding.NONE,
        unit,
        access,
        limits,
        PointSpec.ReportSpec.ALWAYS,
        Optional.empty());
  }
}
