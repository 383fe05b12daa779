package dev.tiebreak.candidate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiebreak.body.JsonRow;
import dev.tiebreak.body.Texts;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Copies a row's metadata as compact JSON that PostgreSQL can store, up to 16 KiB of it. */
final class JsonMetadata {

  private static final String FIELD = "metadata";
  private static final int LIMIT = 16 * 1024;

  /**
   * Decimal places before or after the point: those of float64, so that none grows when printed.
   */
  private static final int MAGNITUDE = 310;

  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonRow row;
  private final JsonParser parser;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final JsonGenerator copy = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes);
  private final Deque<Set<String>> names = new ArrayDeque<>();
  private @Nullable String wrong;

  private JsonMetadata(JsonRow row) {
    this.row = row;
    this.parser = row.parser();
  }

  /** Reads the value at the row's token to its end; null where it is wrong. */
  static @Nullable String read(JsonRow row, Rejections rejections) {
    if (row.parser().currentToken() != JsonToken.START_OBJECT) {
      rejections.reject(FIELD, "must be an object");
      row.parser().skipChildren();
      return null;
    }
    JsonMetadata metadata = new JsonMetadata(row);
    metadata.copyObject();
    if (metadata.wrong != null) {
      rejections.reject(FIELD, metadata.wrong);
      return null;
    }
    metadata.copy.close();
    return metadata.bytes.toString(UTF_8);
  }

  /** Goes to the end of the object, but writes only as long as nothing is wrong. */
  private void copyObject() {
    int depth = 0;
    JsonToken token = parser.currentToken();
    while (true) {
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      }
      if (wrong == null) {
        copyToken(token);
        checkSize();
      }
      if (depth == 0) {
        return;
      }
      token = parser.nextToken();
    }
  }

  private void copyToken(JsonToken token) {
    switch (token) {
      case START_OBJECT -> {
        names.push(new HashSet<>());
        copy.writeStartObject();
      }
      case END_OBJECT -> {
        names.pop();
        copy.writeEndObject();
      }
      case START_ARRAY -> copy.writeStartArray();
      case END_ARRAY -> copy.writeEndArray();
      case PROPERTY_NAME -> copyName(parser.currentName());
      case VALUE_STRING -> copy.writeString(checked(parser.getString()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> copyNumber(parser.getString());
      case VALUE_TRUE -> copy.writeBoolean(true);
      case VALUE_FALSE -> copy.writeBoolean(false);
      case VALUE_NULL -> copy.writeNull();
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new IllegalStateException(token.name());
    }
  }

  private void copyName(String name) {
    if (!names.element().add(name)) {
      throw row.twice(FIELD);
    }
    copy.writeName(checked(name));
  }

  private String checked(String text) {
    String wrongText = Texts.wrong(text, 0, LIMIT);
    if (wrongText != null) {
      wrong = "has a text that " + wrongText;
    }
    return wrongText == null ? text : "";
  }

  private void copyNumber(String text) {
    if (isInRange(text)) {
      copy.writeNumber(text);
    } else {
      wrong = "has a number out of the range of float64";
      copy.writeNull();
    }
  }

  private static boolean isInRange(String text) {
    try {
      BigDecimal number = new BigDecimal(text);
      long exponent = (long) number.precision() - number.scale();
      return number.signum() == 0
          ? Math.abs((long) number.scale()) <= MAGNITUDE
          : Math.abs(exponent) <= MAGNITUDE;
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }

  private void checkSize() {
    if (bytes.size() + copy.streamWriteOutputBuffered() > LIMIT) {
      wrong = "must have at most " + LIMIT + " bytes as compact JSON";
    }
  }
}
