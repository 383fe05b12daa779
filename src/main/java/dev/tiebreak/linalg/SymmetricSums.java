package dev.tiebreak.linalg;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;

/** Adds a lower triangle to both triangles of a symmetric matrix. */
final class SymmetricSums {

  /** Rows at a time, so that the transposed side writes whole cache lines. */
  private static final int STRIP = 32;

  /** Copies the first {@code count} numbers of a row. */
  @FunctionalInterface
  interface RowLoader {
    void load(int row, int count, double[] into, int offset);
  }

  private SymmetricSums() {}

  /** {@code into} += the symmetric d × d matrix of which {@code lower} holds the lower triangle. */
  static void add(MemorySegment lower, Matrix into) {
    long d = into.rows();
    add(
        (row, count, strip, offset) ->
            MemorySegment.copy(lower, JAVA_DOUBLE, row * d * Double.BYTES, strip, offset, count),
        into);
  }

  static void add(RowLoader lower, Matrix into) {
    int d = into.rows();
    double[] strip = new double[STRIP * d];
    for (int start = 0; start < d; start += STRIP) {
      int end = Math.min(start + STRIP, d);
      for (int p = start; p < end; p++) {
        lower.load(p, p + 1, strip, (p - start) * d);
      }
      addStrip(strip, start, end, into.values(), d);
    }
  }

  private static void addStrip(double[] strip, int start, int end, double[] into, int d) {
    for (int p = start; p < end; p++) {
      int from = (p - start) * d;
      for (int q = 0; q <= p; q++) {
        into[p * d + q] += strip[from + q];
      }
    }
    for (int q = 0; q < end; q++) {
      for (int p = Math.max(start, q + 1); p < end; p++) {
        into[q * d + p] += strip[(p - start) * d + q];
      }
    }
  }
}
