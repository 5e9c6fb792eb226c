package io.polegate.cloud;

/**
 * The topics of one edge node, chapter 4 of the specification.
 *
 * @param group group id
 * @param node edge node id
 */
record SparkplugTopics(String group, String node) {
  private static final String NAMESPACE = "spBv1.0/";

  /** Kinds of messages; the name is the element of the topic. */
  enum Kind {
    NBIRTH,
    NDEATH,
    NDATA,
    NCMD,
    DBIRTH,
    DDEATH,
    DDATA,
    DCMD
  }

  /** Of a message of the node itself. */
  String node(Kind kind) {
    return NAMESPACE + group + "/" + kind + "/" + node;
  }

  /** Of a message of one of its devices. */
  String device(Kind kind, String device) {
    return node(kind) + "/" + device;
  }

  /** Where a host application says whether it is there. */
  static String state(String host) {
    return NAMESPACE + "STATE/" + host;
  }
}
