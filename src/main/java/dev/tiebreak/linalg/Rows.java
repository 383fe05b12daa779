package dev.tiebreak.linalg;

/** The rows of a matrix of either precision, in double precision. */
sealed interface Rows {

  /** The number of rows n. */
  int count();

  /** The number of columns d. */
  int columns();

  /** An array that {@link #block} needs for so many rows at a time. */
  double[] scratch(int rows);

  /**
   * Brings the rows start + from .. start + to into {@code scratch}, where they are needed there.
   */
  void load(int start, int from, int to, double[] scratch);

  /** The rows from {@code start} on: a view of the matrix, or of what was loaded. */
  Block block(int start, int count, double[] scratch);

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
    public double[] scratch(int rows) {
      return new double[0];
    }

    @Override
    public void load(int start, int from, int to, double[] scratch) {}

    @Override
    public Block block(int start, int count, double[] scratch) {
      return Block.of(matrix).slice(start, start + count);
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
    public double[] scratch(int rows) {
      return new double[Math.multiplyExact(rows, columns())];
    }

    @Override
    public void load(int start, int from, int to, double[] scratch) {
      int d = columns();
      float[] narrow = new float[d];
      double[] wide = new double[d];
      for (int i = from; i < to; i++) {
        matrix.copyRow(start + i, narrow, 0);
        for (int j = 0; j < d; j++) { // the same index into both, which is vectorised
          wide[j] = narrow[j];
        }
        System.arraycopy(wide, 0, scratch, i * d, d);
      }
    }

    @Override
    public Block block(int start, int count, double[] scratch) {
      return Block.of(scratch, count, columns());
    }
  }
}
