package dev.tiebreak.linalg;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Single-precision products on the JDK's Vector API, as {@link VectorProducts}. */
final class VectorSingleProducts implements BlockProducts.SingleProducts {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** Columns of a panel. */
  private static final int WIDTH = 4 * LANES;

  private static final int HEIGHT = 4;

  /** Rows at a time: their panels stay in the caches. */
  private static final int TERMS = 64;

  @Override
  public void gram(FloatMatrix a, int p, int pEnd, int q, int qEnd, float[] sum) {
    int width = qEnd - q;
    int panels = (pEnd - p + WIDTH - 1) / WIDTH;
    float[] left = new float[panels * WIDTH * TERMS];
    float[] right = new float[WIDTH * TERMS];
    float[] edge = new float[HEIGHT * WIDTH];
    Arrays.fill(sum, 0, (pEnd - p) * width, 0);
    for (int k = 0; k < a.rows(); k += TERMS) {
      int count = Math.min(TERMS, a.rows() - k);
      for (int i = 0; i < panels; i++) {
        pack(a, k, count, p + i * WIDTH, pEnd, left, i * WIDTH * TERMS);
      }
      for (int j = 0; j < width; j += WIDTH) {
        pack(a, k, count, q + j, qEnd, right, 0);
        for (int i = 0; i < pEnd - p; i += HEIGHT) {
          int first = i / WIDTH * WIDTH * TERMS + i % WIDTH;
          int rows = Math.min(HEIGHT, pEnd - p - i);
          int columns = Math.min(WIDTH, width - j);
          addRows(left, first, count, right, sum, i * width + j, width, rows, columns, edge);
        }
      }
    }
  }

  @Override
  public int wideSquare() {
    return 2 * SymmetricProducts.LEAF;
  }

  /** Copies the columns from .. to of some rows, at most a panel of them. */
  private static void pack(
      FloatMatrix a, int k, int count, int from, int to, float[] panel, int offset) {
    int columns = Math.min(WIDTH, to - from);
    for (int i = 0; i < count; i++) {
      long start = ((long) (k + i) * a.columns() + from) * Float.BYTES;
      MemorySegment.copy(
          a.segment(), FloatMatrix.ELEMENT, start, panel, offset + i * WIDTH, columns);
    }
  }

  /** Rows that are missing at the edge are computed as others and dropped: panels are full. */
  private static void addRows(
      float[] left,
      int first,
      int count,
      float[] right,
      float[] sum,
      int into,
      int stride,
      int rows,
      int columns,
      float[] edge) {
    if (rows == HEIGHT && columns == WIDTH) {
      addFourByFour(
          left, first, first + 1, first + 2, first + 3, WIDTH, right, count, sum, into, stride);
      return;
    }
    for (int r = 0; r < rows; r++) {
      System.arraycopy(sum, into + r * stride, edge, r * WIDTH, columns);
    }
    addFourByFour(
        left, first, first + 1, first + 2, first + 3, WIDTH, right, count, edge, 0, WIDTH);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(edge, r * WIDTH, sum, into + r * stride, columns);
    }
  }

  /** Four rows by four vectors of columns: sixteen sums in registers. */
  private static void addFourByFour(
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      int step,
      float[] b,
      int count,
      float[] c,
      int c0,
      int stride) {
    int c1 = c0 + stride;
    int c2 = c1 + stride;
    int c3 = c2 + stride;
    FloatVector s00 = FloatVector.fromArray(FLOATS, c, c0);
    FloatVector s01 = FloatVector.fromArray(FLOATS, c, c0 + LANES);
    FloatVector s02 = FloatVector.fromArray(FLOATS, c, c0 + 2 * LANES);
    FloatVector s03 = FloatVector.fromArray(FLOATS, c, c0 + 3 * LANES);
    FloatVector s10 = FloatVector.fromArray(FLOATS, c, c1);
    FloatVector s11 = FloatVector.fromArray(FLOATS, c, c1 + LANES);
    FloatVector s12 = FloatVector.fromArray(FLOATS, c, c1 + 2 * LANES);
    FloatVector s13 = FloatVector.fromArray(FLOATS, c, c1 + 3 * LANES);
    FloatVector s20 = FloatVector.fromArray(FLOATS, c, c2);
    FloatVector s21 = FloatVector.fromArray(FLOATS, c, c2 + LANES);
    FloatVector s22 = FloatVector.fromArray(FLOATS, c, c2 + 2 * LANES);
    FloatVector s23 = FloatVector.fromArray(FLOATS, c, c2 + 3 * LANES);
    FloatVector s30 = FloatVector.fromArray(FLOATS, c, c3);
    FloatVector s31 = FloatVector.fromArray(FLOATS, c, c3 + LANES);
    FloatVector s32 = FloatVector.fromArray(FLOATS, c, c3 + 2 * LANES);
    FloatVector s33 = FloatVector.fromArray(FLOATS, c, c3 + 3 * LANES);
    for (int k = 0; k < count; k++) {
      int p = k * step;
      int q = k * WIDTH;
      FloatVector x0 = FloatVector.fromArray(FLOATS, b, q);
      FloatVector x1 = FloatVector.fromArray(FLOATS, b, q + LANES);
      FloatVector x2 = FloatVector.fromArray(FLOATS, b, q + 2 * LANES);
      FloatVector x3 = FloatVector.fromArray(FLOATS, b, q + 3 * LANES);
      FloatVector y0 = FloatVector.broadcast(FLOATS, a[a0 + p]);
      s00 = y0.fma(x0, s00);
      s01 = y0.fma(x1, s01);
      s02 = y0.fma(x2, s02);
      s03 = y0.fma(x3, s03);
      FloatVector y1 = FloatVector.broadcast(FLOATS, a[a1 + p]);
      s10 = y1.fma(x0, s10);
      s11 = y1.fma(x1, s11);
      s12 = y1.fma(x2, s12);
      s13 = y1.fma(x3, s13);
      FloatVector y2 = FloatVector.broadcast(FLOATS, a[a2 + p]);
      s20 = y2.fma(x0, s20);
      s21 = y2.fma(x1, s21);
      s22 = y2.fma(x2, s22);
      s23 = y2.fma(x3, s23);
      FloatVector y3 = FloatVector.broadcast(FLOATS, a[a3 + p]);
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
