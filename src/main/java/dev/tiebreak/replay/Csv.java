package dev.tiebreak.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows as CSV (RFC 4180): a line of names, then a line a row; what is null is empty. The columns of
 * a record within a row stand in its place.
 */
final class Csv {

  private Csv() {}

  /**
   * Writes the text, row by row.
   *
   * @param type of the rows, whose components are the columns
   */
  static <R extends Record> void write(Class<R> type, Stream<R> rows, Appendable out) {
    line(names(type), out);
    rows.forEach(row -> line(values(row), out));
  }

  private static void line(Stream<String> fields, Appendable out) {
    try {
      out.append(fields.collect(Collectors.joining(","))).append("\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> names(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(column ->
            column.getType().isRecord() ? names(column.getType()) : Stream.of(column.getName()));
  }

  private static Stream<String> values(Record row) {
    return Arrays.stream(row.getClass().getRecordComponents())
        .flatMap(column -> {
          Object value = value(column, row);
          return value instanceof Record inner ? values(inner) : Stream.of(field(value));
        });
  }

  private static @Nullable Object value(RecordComponent column, Record row) {
    try {
      return column.getAccessor().invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String field(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
