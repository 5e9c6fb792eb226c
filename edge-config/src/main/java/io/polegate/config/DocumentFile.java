package io.polegate.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** From a file to the nodes in it. */
final class DocumentFile {
  static final int MAX_BYTES = 1_000_000;
  private static final String TOO_LARGE =
      "is larger than " + MAX_BYTES / 1_000_000 + "MB: this is not the document of a pole";

  private DocumentFile() {}

  /** The bytes of a file. */
  static byte[] load(Path path) throws SyntaxException {
    if (!Files.exists(path)) {
      throw new SyntaxException(Place.FILE, "there is no such file: check the path");
    }
    if (Files.isDirectory(path)) {
      throw new SyntaxException(Place.FILE, "is a folder: name the file in it");
    }
    if (!Files.isRegularFile(path)) {
      throw new SyntaxException(Place.FILE, "is not an ordinary file: name one");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(MAX_BYTES + 1);
    } catch (AccessDeniedException e) {
      throw new SyntaxException(
          Place.FILE, "may not be read by this user: correct its owner or mode", e);
    } catch (IOException e) {
      throw new SyntaxException(
          Place.FILE, "cannot be read (" + e.getMessage() + "): check the disk", e);
    }
  }

  /** The document in {@code bytes}. Duplicate keys are left to {@code findings}. */
  static Node.Table parse(byte[] bytes, Findings findings) throws SyntaxException {
    return parse(bytes, findings, "");
  }

  /**
   * As above, of a file that the document takes in.
   *
   * @param file for the places of nodes, see {@link Place#file}
   */
  static Node.Table parse(byte[] bytes, Findings findings, String file) throws SyntaxException {
    String text = decode(bytes);
    Node root = compose(text, findings, file).orElse(new Node.Empty(Place.START));
    if (root instanceof Node.Table table) {
      return table;
    }
    throw new SyntaxException(
        root.place(),
        root instanceof Node.Empty
            ? "the document is empty: write at least pole: {id: …}"
            : "the document must be a table of keys: start with pole: {id: …}");
  }

  private static Optional<Node> compose(String text, Findings findings, String file)
      throws SyntaxException {
    LoadSettings settings =
        LoadSettings.builder()
            .setParseComments(false)
            .setCodePointLimit(MAX_BYTES)
            // in one piece: piecewise reading of one very long line takes quadratic time
            .setBufferSize(Math.max(text.length(), 2))
            .build();
    try {
      return new YamlReader(new Parse(settings).parseString(text), findings, file).read();
    } catch (MarkedYamlEngineException e) {
      throw syntax(text, e);
    } catch (ReaderException e) {
      int before = text.offsetByCodePoints(0, Math.min(e.getPosition(), text.length()));
      throw new SyntaxException(
          Place.after(text.substring(0, before)),
          String.format("the control character U+%04X is not text: remove it", e.getCodePoint()),
          e);
    } catch (YamlEngineException e) {
      throw new SyntaxException(Place.START, "is not YAML 1.2: " + e.getMessage(), e);
    }
  }

  private static SyntaxException syntax(String text, MarkedYamlEngineException e) {
    Place place =
        e.getProblemMark()
            .or(e::getContextMark)
            .map(mark -> new Place(mark.getLine() + 1, mark.getColumn() + 1))
            .orElse(Place.START);
    if (charAt(text, place) == '\t') {
      return new SyntaxException(place, "a tab is no indentation: write spaces", e);
    }
    return new SyntaxException(
        place,
        "is not YAML here: "
            + e.getProblem()
            + begun(e, place)
            + "; check indentation, quotes and brackets up to here",
        e);
  }

  private static String begun(MarkedYamlEngineException e, Place place) {
    return e.getContextMark()
        .filter(mark -> mark.getLine() + 1 < place.line())
        .map(mark -> " (in what begins in line " + (mark.getLine() + 1) + ")")
        .orElse("");
  }

  private static char charAt(String text, Place place) {
    String line = text.lines().skip(place.line() - 1L).findFirst().orElse("");
    return place.column() <= line.length() ? line.charAt(place.column() - 1) : '\n';
  }

  private static String decode(byte[] bytes) throws SyntaxException {
    if (bytes.length > MAX_BYTES) {
      throw new SyntaxException(Place.FILE, TOO_LARGE);
    }
    rejectByteOrderMark(bytes);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(bytes.length + 1);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult result = decoder.decode(in, text, true);
    text.flip();
    if (result.isError()) {
      throw new SyntaxException(
          Place.after(text),
          String.format("the byte 0x%02X is not UTF-8: save the file as UTF-8", in.get()));
    }
    return text.toString();
  }

  private static void rejectByteOrderMark(byte[] bytes) throws SyntaxException {
    int first = bytes.length < 2 ? 0 : ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
    if (first == 0xFEFF || first == 0xFFFE) {
      throw new SyntaxException(Place.START, "is UTF-16: save the file as UTF-8");
    }
    if (first == 0xEFBB && bytes.length > 2 && (bytes[2] & 0xFF) == 0xBF) {
      throw new SyntaxException(
          Place.START, "starts with a byte order mark: save the file as UTF-8 without one");
    }
  }
}
