package dev.tiebreak.paging;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor where the next page begins; null on the last
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

  /**
   * A page of rows that were read one further than the page is long.
   *
   * @param rows up to {@code limit} + 1 rows; the last one tells only that there is a next page
   * @param key what the next page's query continues after
   */
  public static <T> Page<T> of(List<T> rows, int limit, ToLongFunction<T> key) {
    if (rows.size() <= limit) {
      return new Page<>(rows, null);
    }
    List<T> items = rows.subList(0, limit);
    return new Page<>(items, new Cursor(key.applyAsLong(items.getLast())).text());
  }

  /** The same page of something else. */
  public <R> Page<R> map(Function<? super T, ? extends R> function) {
    return new Page<>(items.stream().<R>map(function).toList(), nextCursor);
  }
}
