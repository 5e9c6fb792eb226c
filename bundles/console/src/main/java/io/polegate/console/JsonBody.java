package io.polegate.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/** Reads the JSON of a request; whatever is wrong with it is a {@link Problem}. */
final class JsonBody {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonBody() {}

  /** Reads one JSON value. */
  interface Reader<T> {
    T read(JsonParser json) throws IOException, RefusedException;
  }

  static <T> T parse(byte[] body, Reader<T> reader) throws RefusedException {
    try (JsonParser json = FACTORY.createParser(body)) {
      return reader.read(json);
    } catch (JsonProcessingException e) {
      throw new RefusedException(
          Problem.malformed(
              "the body is not valid JSON at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr()),
          e);
    } catch (IOException e) {
      throw new RefusedException(Problem.malformed("the body is not valid UTF-8 JSON"), e);
    }
  }

  static void expect(boolean met, String wanted) throws RefusedException {
    if (!met) {
      throw refused(wanted);
    }
  }

  static RefusedException refused(String detail) {
    return new RefusedException(Problem.malformed(detail));
  }
}
