package dev.tiebreak.candidate;

import java.io.InputStream;
import org.springframework.http.MediaType;

/** Reads uploads of one media type. Another format is another implementation, nothing else. */
interface EmbeddingCodec {

  /** What it reads. */
  MediaType mediaType();

  /**
   * Reads a body as it streams in and hands on its rows, in order. A body that is not of the format
   * is refused where that shows; wrong rows once the rest is read, or once there are as many as can
   * be told.
   *
   * @return how many rows there were, all of them right
   */
  long read(InputStream body, RowIntake rows);

  /** Where in the body a row has a field. */
  String pointer(long index, String field);
}
