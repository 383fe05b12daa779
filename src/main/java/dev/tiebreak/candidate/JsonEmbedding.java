package dev.tiebreak.candidate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads an embedding from JSON: an array of numbers, each rounded to float64 and then to float32 as
 * most programs do, or base64 of little-endian float32.
 */
final class JsonEmbedding {

  private final float[] values;
  private int count;

  JsonEmbedding(int dimension) {
    values = new float[dimension];
  }

  /** The numbers read, up to the dimension. */
  float[] values() {
    return values;
  }

  /** How many numbers there were. */
  int count() {
    return count;
  }

  /**
   * Reads the value at the parser's token to its end.
   *
   * @return what is wrong with it; null where nothing is
   */
  @Nullable String read(JsonParser parser) {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      return readArray(parser);
    }
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return readBase64(parser.getString());
    }
    parser.skipChildren();
    return "must be an array of numbers, or base64 of little-endian float32";
  }

  private @Nullable String readArray(JsonParser parser) {
    boolean onlyNumbers = true;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (!token.isNumeric()) {
        onlyNumbers = false;
        parser.skipChildren();
      } else if (count < values.length) {
        values[count] = (float) parser.getDoubleValue();
      }
      count++;
    }
    return onlyNumbers ? null : "must have only numbers";
  }

  private @Nullable String readBase64(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.getBytes(ISO_8859_1));
    } catch (IllegalArgumentException notBase64) {
      return "must be base64 where it is text";
    }
    if (bytes.length % Float.BYTES != 0) {
      return "must be base64 of float32, four bytes each, but has " + bytes.length + " bytes";
    }
    count = bytes.length / Float.BYTES;
    Float32.read(bytes, values, 0, Math.min(count, values.length));
    return null;
  }
}
