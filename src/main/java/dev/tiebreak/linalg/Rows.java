package dev.tiebreak.linalg;

import java.lang.foreign.MemorySegment;

/** The rows of a matrix of either precision, in double precision. */
sealed interface Rows {

  /** The number of rows n. */
  int count();

  /** The number of columns d. */
  int columns();

  /** Copies a row to {@code into[offset .. offset + d)}. */
  void load(int row, double[] into, int offset);

  /** An array that {@link #block} needs for so many rows at a time. */
  double[] scratch(int rows);

  /** Rows one after the other: a view of the matrix, or a copy in {@code scratch}. */
  MemorySegment block(int from, int count, double[] scratch);

  static Rows of(Matrix matrix) {
    return new Doubles(matrix);
  }

  static Rows of(FloatMatrix matrix) {
    return new Floats(matrix);
  }

  /** Of float64. */
  record Doubles(Matrix matrix) implements Rows {

    @Override
    public int count() {
      return matrix.rows();
    }

    @Override
    public int columns() {
      return matrix.columns();
    }

    @Override
    public void load(int row, double[] into, int offset) {
      System.arraycopy(matrix.values(), row * columns(), into, offset, columns());
    }

    @Override
    public double[] scratch(int rows) {
      return new double[0];
    }

    @Override
    public MemorySegment block(int from, int count, double[] scratch) {
      return MemorySegment.ofArray(matrix.values())
          .asSlice((long) from * columns() * Double.BYTES, (long) count * columns() * Double.BYTES);
    }
  }

  /** Of float32. */
  record Floats(FloatMatrix matrix) implements Rows {

    @Override
    public int count() {
      return matrix.rows();
    }

    @Override
    public int columns() {
      return matrix.columns();
    }

    @Override
    public void load(int row, double[] into, int offset) {
      matrix.copyRow(row, into, offset);
    }

    @Override
    public double[] scratch(int rows) {
      return new double[Math.multiplyExact(rows, columns())];
    }

    @Override
    public MemorySegment block(int from, int count, double[] scratch) {
      for (int i = 0; i < count; i++) {
        matrix.copyRow(from + i, scratch, i * columns());
      }
      return MemorySegment.ofArray(scratch).asSlice(0, (long) count * columns() * Double.BYTES);
    }
  }
}
