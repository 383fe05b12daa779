package dev.tiebreak.candidate;

import dev.tiebreak.body.JsonRows;
import java.io.InputStream;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** {@code application/json}: {@code {"responses": [row, …]}}. */
@Component
final class JsonCodec implements EmbeddingCodec {

  private static final String FIELD = "responses";

  private final JsonRows json = new JsonRows(JsonResponses.LIMITS);

  @Override
  public MediaType mediaType() {
    return MediaType.APPLICATION_JSON;
  }

  @Override
  public long read(InputStream body, RowIntake rows) {
    return json.readArray(body, FIELD, row -> JsonResponses.take(row, rows));
  }

  @Override
  public String pointer(long index, String field) {
    return "/" + FIELD + "/" + index + "/" + field;
  }
}
