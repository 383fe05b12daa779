package dev.tiebreak.candidate;

import dev.tiebreak.body.JsonRow;
import dev.tiebreak.body.RowLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a JSON row of an upload token by token: no number becomes an object. */
final class JsonResponses {

  /**
   * Above what a right row takes: two texts with every character escaped, and 16,384 numbers with
   * all their digits. A text is let grow beyond its own limit, so that it can be told of in its
   * turn.
   */
  static final RowLimits LIMITS = new RowLimits(8 * 1024 * 1024, 1_000_000);

  private static final List<String> FIELDS =
      List.of("responseId", "promptId", "prompt", "response", "metadata", "embedding");

  private final JsonRow row;
  private final JsonParser parser;
  private final int dimension;
  private final @Nullable String[] texts = new @Nullable String[FIELDS.size() - 1];
  private float[] embedding = {};
  private @Nullable Integer numbers;
  private int seen;
  private boolean right = true;

  private JsonResponses(JsonRow row, int dimension) {
    this.row = row;
    this.parser = row.parser();
    this.dimension = dimension;
  }

  /** Reads one row and hands it on. */
  static void take(JsonRow row, RowIntake rows) {
    JsonResponses reading = new JsonResponses(row, rows.dimension());
    reading.readFields();
    if (reading.right) {
      rows.take(reading.result(), row::reject);
    } else {
      rows.refuse();
    }
  }

  private UploadedRow result() {
    return new UploadedRow(texts[0], texts[1], texts[2], texts[3], texts[4], embedding, numbers);
  }

  private void readFields() {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      int field = FIELDS.indexOf(name);
      if (field < 0) {
        reject(name, "is not a known field");
        parser.nextToken();
        parser.skipChildren();
      } else {
        requireFirst(field);
        readValue(field);
      }
    }
  }

  private void requireFirst(int field) {
    if ((seen & 1 << field) != 0) {
      throw row.twice(FIELDS.get(field));
    }
    seen |= 1 << field;
  }

  private void readValue(int field) {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    switch (FIELDS.get(field)) {
      case "embedding" -> readEmbedding();
      case "metadata" -> texts[field] = JsonMetadata.read(row, this::reject);
      default -> texts[field] = text(FIELDS.get(field), token);
    }
  }

  private @Nullable String text(String field, JsonToken token) {
    if (token == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    reject(field, "must be text");
    parser.skipChildren();
    return null;
  }

  private void readEmbedding() {
    JsonEmbedding reading = new JsonEmbedding(dimension);
    String wrong = reading.read(parser);
    if (wrong == null) {
      embedding = reading.values();
      numbers = reading.count();
    } else {
      reject("embedding", wrong);
    }
  }

  private void reject(String field, String detail) {
    right = false;
    row.reject(field, detail);
  }
}
