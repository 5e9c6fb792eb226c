package io.polegate.cloud;

/** What the edge node says of itself. The alias is the position here, from 1. */
enum SparkplugNodeMetric {
  BD_SEQ("bdSeq", SparkplugType.INT64),
  REBIRTH("Node Control/Rebirth", SparkplugType.BOOLEAN),
  PRODUCT("Properties/Product", SparkplugType.STRING),
  POLE("Properties/Pole", SparkplugType.STRING),
  NAME("Properties/Name", SparkplugType.STRING),
  CLOCK_TRUSTED("Clock/Trusted", SparkplugType.BOOLEAN),
  BACKLOG("Journal/Backlog", SparkplugType.INT64),
  ALARM("Events/Alarm", SparkplugType.STRING),
  STATE("Events/State", SparkplugType.STRING),
  RESULT("Commands/Result", SparkplugType.STRING),
  UNASSIGNED("Journal/Unassigned", SparkplugType.STRING);

  private final String wireName;
  private final SparkplugType type;

  SparkplugNodeMetric(String wireName, SparkplugType type) {
    this.wireName = wireName;
    this.type = type;
  }

  /** Name in the birth. */
  String wireName() {
    return wireName;
  }

  SparkplugType type() {
    return type;
  }

  /** Whether it has an alias: a host must be able to ask for a birth without knowing any. */
  boolean aliased() {
    return this != REBIRTH;
  }

  /** Unique in the node. */
  long alias() {
    return ordinal() + 1L;
  }
}
