package io.polegate.driver.opcua;

import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The name of a node as OPC UA Part 6, 5.1.12 and 5.3.1.10 write it: {@code
 * nsu=http://maker/;s=Lamp1.Level}, {@code ns=2;i=5}, {@code i=2258}. Pure, and free of Milo, so
 * that an address can be checked without loading it.
 *
 * @param uri namespace by name, if it is written so
 * @param index namespace by number, empty if none is written
 * @param kind what the identifier is
 * @param identifier its text
 */
record NodeAddress(Optional<String> uri, Optional<Integer> index, Kind kind, String identifier) {
  static final String FORM =
      "a node like nsu=http://maker/;s=Lamp1.Level, ns=2;i=5 or i=2258, with s= (text), i= (number),"
          + " g= (GUID) or b= (Base64)";

  private static final int LONGEST = 4096;
  private static final long HIGHEST_NUMBER = 0xFFFF_FFFFL;
  private static final int HIGHEST_INDEX = 0xFFFF;

  /** Kinds of identifiers. */
  enum Kind {
    NUMBER('i'),
    TEXT('s'),
    GUID('g'),
    OPAQUE('b');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  /**
   * Parses the text.
   *
   * @throws IllegalArgumentException if it is no address
   */
  static NodeAddress parse(String text) {
    require(text.length() <= LONGEST);
    if (text.startsWith("nsu=")) {
      int end = text.indexOf(';');
      require(end > "nsu=".length());
      String uri = unescaped(text.substring("nsu=".length(), end));
      return identified(Optional.of(uri), Optional.empty(), text.substring(end + 1));
    }
    if (text.startsWith("ns=")) {
      int end = text.indexOf(';');
      require(end > "ns=".length());
      int index = Integer.parseInt(text.substring("ns=".length(), end));
      require(index >= 0 && index <= HIGHEST_INDEX);
      return identified(Optional.empty(), Optional.of(index), text.substring(end + 1));
    }
    return identified(Optional.empty(), Optional.empty(), text);
  }

  /** The same node, in the given namespace if the address names none. */
  NodeAddress in(Optional<String> namespace) {
    return uri.isPresent() || index.isPresent()
        ? this
        : new NodeAddress(namespace, index, kind, identifier);
  }

  @Override
  public String toString() {
    String namespace =
        uri.map(u -> "nsu=" + escaped(u) + ";")
            .or(() -> index.filter(i -> i != 0).map(i -> "ns=" + i + ";"))
            .orElse("");
    return namespace + kind.letter + "=" + identifier;
  }

  private static NodeAddress identified(
      Optional<String> uri, Optional<Integer> index, String text) {
    require(text.length() > 2 && text.charAt(1) == '=');
    String identifier = text.substring(2);
    for (Kind kind : Kind.values()) {
      if (kind.letter == text.charAt(0)) {
        check(kind, identifier);
        return new NodeAddress(uri, index, kind, identifier);
      }
    }
    throw new IllegalArgumentException("unknown kind of identifier");
  }

  private static void check(Kind kind, String identifier) {
    switch (kind) {
      case NUMBER -> {
        long number = Long.parseLong(identifier);
        require(number >= 0 && number <= HIGHEST_NUMBER);
      }
      case GUID -> require(UUID.fromString(identifier).toString().equalsIgnoreCase(identifier));
      case OPAQUE -> require(Base64.getDecoder().decode(identifier).length > 0);
      case TEXT -> require(!identifier.isBlank());
    }
  }

  private static String unescaped(String uri) {
    return uri.replace("%3B", ";").replace("%3b", ";").replace("%25", "%");
  }

  private static String escaped(String uri) {
    return uri.replace("%", "%25").replace(";", "%3B");
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException();
    }
  }
}
