package io.polegate.cloud;

/** What the edge node says of itself. */
enum SparkplugNodeMetric {
  BD_SEQ(1, "bdSeq", SparkplugType.INT64),
  REBIRTH(2, "Node Control/Rebirth", SparkplugType.BOOLEAN),
  PRODUCT(3, "Properties/Product", SparkplugType.STRING),
  POLE(4, "Properties/Pole", SparkplugType.STRING),
  NAME(5, "Properties/Name", SparkplugType.STRING),
  CLOCK_TRUSTED(6, "Clock/Trusted", SparkplugType.BOOLEAN),
  BACKLOG(7, "Journal/Backlog", SparkplugType.INT64),
  ALARM(8, "Events/Alarm", SparkplugType.STRING),
  STATE(9, "Events/State", SparkplugType.STRING),
  RESULT(10, "Commands/Result", SparkplugType.STRING),
  UNASSIGNED(11, "Journal/Unassigned", SparkplugType.STRING);

  /** Above all aliases of these metrics. */
  static final long FIRST_FREE_ALIAS = 100;

  private final long alias;
  private final String wireName;
  private final SparkplugType type;

  SparkplugNodeMetric(long alias, String wireName, SparkplugType type) {
    this.alias = alias;
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
    return alias;
  }
}
