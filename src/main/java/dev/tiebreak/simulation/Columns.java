package dev.tiebreak.simulation;

import java.util.List;

/** Columns of text that stand below each other. */
final class Columns {

  private static final int GAP = 3;

  private Columns() {}

  /** Rows of equally many cells, each a line. */
  static String aligned(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        line.append(row.get(column))
            .append(" ".repeat(width(rows, column) - row.get(column).length()));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static int width(List<List<String>> rows, int column) {
    return GAP + rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
