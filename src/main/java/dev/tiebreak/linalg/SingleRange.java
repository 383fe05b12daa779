package dev.tiebreak.linalg;

/** When and how products of float32 rows may be summed in float32. */
final class SingleRange {

  /** Magnitudes up to here have products that neither overflow nor lose what matters. */
  private static final double LARGEST = 0x1p40;

  private static final int LEAST_ROWS = 1024;

  private SingleRange() {}

  /** Rows that are summed in float32 before the sum goes on in float64. */
  static int height(int columns) {
    return Math.max(LEAST_ROWS, columns);
  }

  /** Whether the largest magnitude is 0 or within 2^±40. NaN and infinities are not. */
  static boolean holds(FloatMatrix a) {
    float[] row = new float[a.columns()];
    int largest = 0; // as bits, which order magnitudes as numbers do, NaN last
    for (int i = 0; i < a.rows(); i++) {
      a.copyRow(i, row, 0);
      for (int j = 0; j < row.length; j++) {
        largest = Math.max(largest, Float.floatToRawIntBits(row[j]) & Integer.MAX_VALUE);
      }
    }
    float magnitude = Float.intBitsToFloat(largest);
    return magnitude == 0 || (magnitude <= LARGEST && magnitude >= 1 / LARGEST);
  }
}
