package dev.tiebreak.linalg;

/**
 * A Cholesky factor on the heap. Solving costs d² multiply-adds.
 *
 * @param lower L, d × d, zeros above the diagonal
 * @param factor the same, ready for many right-hand sides
 */
record LowerFactor(Matrix lower, TriangularFactor factor, Workers workers) implements Cholesky {

  /** Numbers of rows that a task whitens, which fit the second cache. */
  private static final int BLOCK = 1 << 16;

  @Override
  public int size() {
    return lower.rows();
  }

  @Override
  public Matrix lower() {
    return lower.copy();
  }

  @Override
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += Math.log(lower.get(i, i));
    }
    return 2 * sum;
  }

  @Override
  public double[] solve(double[] b) {
    int d = size();
    if (b.length != d) {
      throw new IllegalArgumentException(b.length + " numbers for a factor of order " + d);
    }
    double[] l = lower.values();
    double[] x = b.clone();
    for (int i = 0; i < d; i++) {
      x[i] = (x[i] - RowKernels.dot(l, i * d, x, i)) / l[i * d + i];
    }
    for (int i = d - 1; i >= 0; i--) {
      x[i] /= l[i * d + i];
      double s = -x[i];
      for (int j = 0; j < i; j++) {
        x[j] = Math.fma(s, l[i * d + j], x[j]);
      }
    }
    return x;
  }

  @Override
  public Matrix whiten(Matrix rows) {
    Matrix whitened = rows.copy();
    whitenInPlace(whitened);
    return whitened;
  }

  @Override
  public void whitenInPlace(Matrix rows) {
    requireColumns(rows.rows(), rows.columns());
    Block all = Block.of(rows);
    Tiles tiles = strips(rows.rows());
    workers.forEach(
        tiles.count(),
        task ->
            factor.solve(all.slice(tiles.get(task).top(), tiles.get(task).bottom()), 0, size()));
  }

  @Override
  public FloatMatrix whiten(FloatMatrix rows) {
    requireColumns(rows.rows(), rows.columns());
    FloatMatrix whitened = FloatMatrix.allocate(rows.rows(), size());
    Tiles tiles = strips(rows.rows());
    workers.forEach(
        tiles.count(),
        task -> whiten(rows, tiles.get(task).top(), tiles.get(task).bottom(), whitened));
    return whitened;
  }

  private void whiten(FloatMatrix rows, int from, int to, FloatMatrix whitened) {
    int d = size();
    double[] block = new double[(to - from) * d];
    Rows.of(rows).load(from, 0, to - from, block);
    factor.solve(Block.of(block, to - from, d), 0, d);
    double[] row = new double[d];
    float[] narrow = new float[d];
    for (int i = from; i < to; i++) {
      System.arraycopy(block, (i - from) * d, row, 0, d);
      for (int j = 0; j < d; j++) {
        narrow[j] = (float) row[j];
      }
      whitened.setRow(i, narrow, 0);
    }
  }

  private Tiles strips(int rows) {
    return Tiles.of(rows, 1, Math.clamp(BLOCK / Math.max(1, size()), 128, 1024));
  }

  private void requireColumns(int rows, int columns) {
    if (columns != size()) {
      throw new IllegalArgumentException(
          rows + " × " + columns + " rows for a factor of order " + size());
    }
  }
}
