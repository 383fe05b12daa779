package dev.tiebreak.linalg;

/**
 * The rows of a symmetric update, each times a number of its own, written where a block of them is
 * gathered. Loops run over one index of arrays of one row, which the JIT compiler vectorises.
 */
sealed interface ScaledRows {

  /** The number of rows n. */
  int count();

  /** The number of columns d. */
  int columns();

  /** One for each thread's use. */
  Writer writer();

  /** Writes rows. */
  @FunctionalInterface
  interface Writer {
    /** {@code into[offset .. offset + d)} becomes {@code scale} · row i. */
    void write(int i, double scale, double[] into, int offset);
  }

  /** Of float64. */
  record Doubles(Matrix matrix) implements ScaledRows {

    @Override
    public int count() {
      return matrix.rows();
    }

    @Override
    public int columns() {
      return matrix.columns();
    }

    @Override
    public Writer writer() {
      int d = columns();
      return (i, scale, into, offset) -> {
        System.arraycopy(matrix.values(), i * d, into, offset, d);
        for (int j = offset; j < offset + d; j++) {
          into[j] *= scale;
        }
      };
    }
  }

  /** Of float32. */
  record Floats(FloatMatrix matrix) implements ScaledRows {

    @Override
    public int count() {
      return matrix.rows();
    }

    @Override
    public int columns() {
      return matrix.columns();
    }

    @Override
    public Writer writer() {
      int d = columns();
      float[] narrow = new float[d];
      double[] wide = new double[d];
      return (i, scale, into, offset) -> {
        matrix.copyRow(i, narrow, 0);
        for (int j = 0; j < d; j++) {
          wide[j] = scale * narrow[j];
        }
        System.arraycopy(wide, 0, into, offset, d);
      };
    }
  }

  /** Row i is row {@code first[i]} less row {@code second[i]} of a matrix. */
  record Differences(Matrix matrix, int[] first, int[] second) implements ScaledRows {

    @Override
    public int count() {
      return first.length;
    }

    @Override
    public int columns() {
      return matrix.columns();
    }

    @Override
    public Writer writer() {
      int d = columns();
      double[] minuend = new double[d];
      double[] subtrahend = new double[d];
      return (i, scale, into, offset) -> {
        System.arraycopy(matrix.values(), first[i] * d, minuend, 0, d);
        System.arraycopy(matrix.values(), second[i] * d, subtrahend, 0, d);
        for (int j = 0; j < d; j++) {
          minuend[j] = scale * (minuend[j] - subtrahend[j]);
        }
        System.arraycopy(minuend, 0, into, offset, d);
      };
    }
  }
}
