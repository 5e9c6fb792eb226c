package io.polegate.config;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Texts by key in a file that can tell whether it is whole: its first line is the checksum of all
 * that follow, which are {@code key=text} as in a properties file. Stateless.
 */
final class Sealed {
  private static final int LINE = Digest.HEX_DIGITS + 1;

  private Sealed() {}

  /** The bytes of such a file. */
  static byte[] seal(Map<String, String> texts) {
    byte[] body = lines(texts).getBytes(StandardCharsets.UTF_8);
    byte[] sealed = new byte[LINE + body.length];
    byte[] sum = (Digest.sha256(body) + "\n").getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(sum, 0, sealed, 0, LINE);
    System.arraycopy(body, 0, sealed, LINE, body.length);
    return sealed;
  }

  static void write(Path file, Map<String, String> texts) throws IOException {
    AtomicFile.write(file, seal(texts));
  }

  /**
   * What is in the file.
   *
   * @throws DamagedException if that is not what was written
   * @throws IOException if it cannot be read
   */
  static Map<String, String> read(Path file) throws IOException {
    try {
      return open(Files.readAllBytes(file));
    } catch (DamagedException e) {
      throw new DamagedException(file + " is damaged", e);
    }
  }

  /** What {@link #seal} was given. */
  static Map<String, String> open(byte[] sealed) throws DamagedException {
    String text = new String(sealed, StandardCharsets.UTF_8);
    int body = Math.min(LINE, sealed.length);
    byte[] rest = Arrays.copyOfRange(sealed, body, sealed.length);
    if (!text.startsWith(Digest.sha256(rest) + "\n")) {
      throw new DamagedException("the checksum does not fit");
    }
    return parse(new String(rest, StandardCharsets.UTF_8));
  }

  private static Map<String, String> parse(String lines) throws DamagedException {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(lines));
    } catch (IOException | IllegalArgumentException e) {
      throw new DamagedException("is no list of keys and texts", e);
    }
    Map<String, String> texts = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
    return texts;
  }

  private static String lines(Map<String, String> texts) {
    Properties properties = new Properties();
    texts.forEach(properties::setProperty);
    StringWriter out = new StringWriter();
    try {
      properties.store(out, null);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    // the library writes a comment with the time of day
    return out.toString()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .sorted()
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
