package dev.tiebreak.body;

/**
 * How large the rows of an upload may be. They bound the memory that reading takes, whatever the
 * client sends.
 *
 * @param rowBytes bytes of one row as it is sent, with the space before it
 * @param textLength UTF-16 units of one text; a reader of rows may allow less
 */
public record RowLimits(int rowBytes, int textLength) {

  /** Rows of a few short fields. */
  public static final RowLimits SMALL = new RowLimits(64 * 1024, 64 * 1024);

  /** Checks the limits. */
  public RowLimits {
    if (rowBytes < 1 || textLength < 1) {
      throw new IllegalArgumentException("rowBytes or textLength < 1");
    }
  }
}
