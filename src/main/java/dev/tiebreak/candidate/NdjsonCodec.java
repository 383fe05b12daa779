package dev.tiebreak.candidate;

import dev.tiebreak.body.JsonRows;
import java.io.InputStream;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** {@code application/x-ndjson}: a row a line. */
@Component
final class NdjsonCodec implements EmbeddingCodec {

  private final JsonRows json = new JsonRows(JsonResponses.LIMITS);

  @Override
  public MediaType mediaType() {
    return MediaType.APPLICATION_NDJSON;
  }

  @Override
  public long read(InputStream body, RowIntake rows) {
    return json.readLines(body, row -> JsonResponses.take(row, rows));
  }

  @Override
  public String pointer(long index, String field) {
    return "/" + index + "/" + field;
  }
}
