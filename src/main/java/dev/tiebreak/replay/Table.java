package dev.tiebreak.replay;

import dev.tiebreak.paging.Cursor;
import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Rows that are made only when they are asked for. To be walked through once.
 *
 * @param type of the rows
 * @param isDear whether a row takes more than reading
 * @param rows in an order that depends on the results alone
 */
record Table<R extends Record>(Class<R> type, boolean isDear, Stream<Supplier<R>> rows) {

  /** Cells in the upper half of a cursor, the next row in the lower. */
  private static final int SHIFT = 32;

  /** A table of rows that are there. */
  static <R extends Record> Table<R> of(Class<R> type, Stream<R> rows) {
    return new Table<>(type, false, rows.map(row -> () -> row));
  }

  /** All rows. */
  Stream<R> all() {
    return rows.map(Supplier::get);
  }

  /**
   * How many cells were done when the first page was read, which all later ones are of as well.
   *
   * @param done cells now
   */
  static int cells(PageRequest request, int done) {
    long cells = request.after((long) done << SHIFT) >>> SHIFT;
    if (cells > done) {
      throw Cursor.unknown();
    }
    return (int) cells;
  }

  /**
   * A page.
   *
   * @param cells that the rows are of
   */
  Page<R> page(PageRequest request, int cells) {
    long start = (long) cells << SHIFT;
    long skipped = request.after(start) - start;
    List<R> page = rows.skip(skipped).limit(request.size() + 1L).map(Supplier::get).toList();
    int size = request.size();
    return page.size() <= size
        ? new Page<>(page, null)
        : new Page<>(page.subList(0, size), new Cursor(start + skipped + size).text());
  }
}
