package dev.tiebreak.paging;

import dev.tiebreak.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** The {@code limit} and {@code cursor} of a request for a page. */
public record PageRequest(@Nullable Integer limit, @Nullable String cursor) {

  private static final int DEFAULT_LIMIT = 100;
  private static final int GREATEST_LIMIT = 1000;

  /** How many rows a page has at most. */
  public int size() {
    int size = limit == null ? DEFAULT_LIMIT : limit;
    if (size < 1 || size > GREATEST_LIMIT) {
      throw ProblemException.invalid("limit", "must be from 1 to " + GREATEST_LIMIT);
    }
    return size;
  }

  /** The key to continue after; {@code start} for the first page. */
  public long after(long start) {
    return Cursor.parse(cursor, start).after();
  }
}
