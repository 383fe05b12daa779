package dev.tiebreak.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products on the JDK's Vector API: panels of the right factor are packed so that they are read in
 * order and stay in the first cache while rows of the left one pass. Vectors stay in local
 * variables: one that is passed to a method that the JIT compiler does not inline is boxed.
 *
 * <p>Every number is one chain of fused multiply-adds in rising order of k, as {@link RowKernels}'
 * are: both give the same bits.
 *
 * <p>Source: Goto and van de Geijn, Anatomy of high-performance matrix multiplication, ACM TOMS 34
 * (2008).
 */
final class VectorProducts implements BlockProducts {

  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = DOUBLES.length();

  /** Columns of a panel. */
  private static final int WIDTH = 4 * LANES;

  /** Rows at a time. */
  private static final int HEIGHT = 4;

  /** Terms of a sum at a time: a panel of them, and of the left factor's, fit the first cache. */
  private static final int TERMS = 64;

  private final SingleProducts single = new VectorSingleProducts();

  @Override
  public SingleProducts single() {
    return single;
  }

  @Override
  public void add(int sign, Block a, Block b, Block c) {
    int n = c.rows();
    int m = c.columns();
    int terms = a.width();
    int most = Math.min(TERMS, terms);
    double[] panel = new double[most * WIDTH];
    double[] left =
        a.transposed() ? new double[(n + WIDTH - 1) / WIDTH * WIDTH * most] : a.values();
    double[] edge = new double[HEIGHT * WIDTH];
    for (int k = 0; k < terms; k += TERMS) {
      int count = Math.min(TERMS, terms - k);
      if (a.transposed()) {
        for (int i = 0; i < n; i += WIDTH) {
          pack(1, a.transpose(), k, count, i, Math.min(WIDTH, n - i), left, i * count);
        }
      }
      for (int j = 0; j < m; j += WIDTH) {
        int columns = Math.min(WIDTH, m - j);
        pack(sign, b, k, count, j, columns, panel, 0);
        for (int i = 0; i < n; i += HEIGHT) {
          addRows(a, left, k, count, panel, c, i, Math.min(HEIGHT, n - i), j, columns, edge);
        }
      }
    }
  }

  /** The terms k .. k + count of up to four rows and a panel's columns. */
  private static void addRows(
      Block a,
      double[] left,
      int k,
      int count,
      double[] panel,
      Block c,
      int i,
      int rows,
      int j,
      int columns,
      double[] edge) {
    int first;
    int rowStep;
    int step;
    if (a.transposed()) {
      first = i / WIDTH * WIDTH * count + i % WIDTH;
      rowStep = 1;
      step = WIDTH;
    } else {
      first = a.offset() + i * a.stride() + k;
      rowStep = a.stride();
      step = 1;
    }
    int a1 = rows > 1 ? first + rowStep : first;
    int a2 = rows > 2 ? first + 2 * rowStep : first;
    int a3 = rows > 3 ? first + 3 * rowStep : first;
    int into = c.offset() + i * c.stride() + j;
    if (rows == HEIGHT && columns == WIDTH) {
      addFourByFour(left, first, a1, a2, a3, step, panel, count, c.values(), into, c.stride());
      return;
    }
    for (int r = 0; r < rows; r++) {
      System.arraycopy(c.values(), into + r * c.stride(), edge, r * WIDTH, columns);
    }
    addFourByFour(left, first, a1, a2, a3, step, panel, count, edge, 0, WIDTH);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(edge, r * WIDTH, c.values(), into + r * c.stride(), columns);
    }
  }

  /** Copies count rows of up to WIDTH columns of {@code b}, one after the other. */
  private static void pack(
      int sign, Block b, int k, int count, int j, int columns, double[] panel, int offset) {
    double[] values = b.values();
    int start = b.offset() + k * b.rowStep() + j * b.columnStep();
    if (b.transposed()) {
      packTransposed(sign, values, start, b.stride(), count, columns, panel, offset);
      return;
    }
    for (int i = 0; i < count; i++) {
      int from = start + i * b.stride();
      int to = offset + i * WIDTH;
      if (sign > 0) {
        System.arraycopy(values, from, panel, to, columns);
      } else {
        for (int q = 0; q < columns; q++) {
          panel[to + q] = -values[from + q];
        }
      }
    }
  }

  /** Eight columns at a time, so that whole cache lines are written. */
  private static void packTransposed(
      int sign,
      double[] values,
      int start,
      int stride,
      int count,
      int columns,
      double[] panel,
      int offset) {
    for (int tile = 0; tile < columns; tile += 8) {
      int end = Math.min(tile + 8, columns);
      for (int i = 0; i < count; i++) {
        int to = offset + i * WIDTH;
        for (int q = tile; q < end; q++) {
          panel[to + q] = sign * values[start + q * stride + i];
        }
      }
    }
  }

  /** Four rows by four vectors of columns: sixteen sums in registers. */
  private static void addFourByFour(
      double[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      int step,
      double[] b,
      int count,
      double[] c,
      int c0,
      int stride) {
    int c1 = c0 + stride;
    int c2 = c1 + stride;
    int c3 = c2 + stride;
    DoubleVector s00 = DoubleVector.fromArray(DOUBLES, c, c0);
    DoubleVector s01 = DoubleVector.fromArray(DOUBLES, c, c0 + LANES);
    DoubleVector s02 = DoubleVector.fromArray(DOUBLES, c, c0 + 2 * LANES);
    DoubleVector s03 = DoubleVector.fromArray(DOUBLES, c, c0 + 3 * LANES);
    DoubleVector s10 = DoubleVector.fromArray(DOUBLES, c, c1);
    DoubleVector s11 = DoubleVector.fromArray(DOUBLES, c, c1 + LANES);
    DoubleVector s12 = DoubleVector.fromArray(DOUBLES, c, c1 + 2 * LANES);
    DoubleVector s13 = DoubleVector.fromArray(DOUBLES, c, c1 + 3 * LANES);
    DoubleVector s20 = DoubleVector.fromArray(DOUBLES, c, c2);
    DoubleVector s21 = DoubleVector.fromArray(DOUBLES, c, c2 + LANES);
    DoubleVector s22 = DoubleVector.fromArray(DOUBLES, c, c2 + 2 * LANES);
    DoubleVector s23 = DoubleVector.fromArray(DOUBLES, c, c2 + 3 * LANES);
    DoubleVector s30 = DoubleVector.fromArray(DOUBLES, c, c3);
    DoubleVector s31 = DoubleVector.fromArray(DOUBLES, c, c3 + LANES);
    DoubleVector s32 = DoubleVector.fromArray(DOUBLES, c, c3 + 2 * LANES);
    DoubleVector s33 = DoubleVector.fromArray(DOUBLES, c, c3 + 3 * LANES);
    for (int k = 0; k < count; k++) {
      int p = k * step;
      int q = k * WIDTH;
      DoubleVector x0 = DoubleVector.fromArray(DOUBLES, b, q);
      DoubleVector x1 = DoubleVector.fromArray(DOUBLES, b, q + LANES);
      DoubleVector x2 = DoubleVector.fromArray(DOUBLES, b, q + 2 * LANES);
      DoubleVector x3 = DoubleVector.fromArray(DOUBLES, b, q + 3 * LANES);
      DoubleVector y0 = DoubleVector.broadcast(DOUBLES, a[a0 + p]);
      s00 = y0.fma(x0, s00);
      s01 = y0.fma(x1, s01);
      s02 = y0.fma(x2, s02);
      s03 = y0.fma(x3, s03);
      DoubleVector y1 = DoubleVector.broadcast(DOUBLES, a[a1 + p]);
      s10 = y1.fma(x0, s10);
      s11 = y1.fma(x1, s11);
      s12 = y1.fma(x2, s12);
      s13 = y1.fma(x3, s13);
      DoubleVector y2 = DoubleVector.broadcast(DOUBLES, a[a2 + p]);
      s20 = y2.fma(x0, s20);
      s21 = y2.fma(x1, s21);
      s22 = y2.fma(x2, s22);
      s23 = y2.fma(x3, s23);
      DoubleVector y3 = DoubleVector.broadcast(DOUBLES, a[a3 + p]);
      s30 = y3.fma(x0, s30);
      s31 = y3.fma(x1, s31);
      s32 = y3.fma(x2, s32);
      s33 = y3.fma(x3, s33);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANES);
    s02.intoArray(c, c0 + 2 * LANES);
    s03.intoArray(c, c0 + 3 * LANES);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + LANES);
    s12.intoArray(c, c1 + 2 * LANES);
    s13.intoArray(c, c1 + 3 * LANES);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANES);
    s22.intoArray(c, c2 + 2 * LANES);
    s23.intoArray(c, c2 + 3 * LANES);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + LANES);
    s32.intoArray(c, c3 + 2 * LANES);
    s33.intoArray(c, c3 + 3 * LANES);
  }
}
