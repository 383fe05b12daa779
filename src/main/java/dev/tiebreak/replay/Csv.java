package dev.tiebreak.replay;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows as CSV (RFC 4180): a line of names, then a line a row; what is null is empty. */
final class Csv {

  private Csv() {}

  /**
   * The text.
   *
   * @param type of the rows, whose components are the columns
   */
  static <R extends Record> String text(Class<R> type, List<R> rows) {
    RecordComponent[] columns = type.getRecordComponents();
    StringBuilder text = new StringBuilder();
    text.append(
            Arrays.stream(columns).map(RecordComponent::getName).collect(Collectors.joining(",")))
        .append("\r\n");
    for (R row : rows) {
      text.append(
              Arrays.stream(columns)
                  .map(column -> field(value(column, row)))
                  .collect(Collectors.joining(",")))
          .append("\r\n");
    }
    return text.toString();
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
