package dev.tiebreak.design;

/** Plain Java, in loops that the JIT compiler vectorises: one array for each component. */
final class PlainPairKernels extends PairKernels {

  private static final int CHUNK = 64;

  @Override
  String name() {
    return "plain";
  }

  @Override
  void multiply(float[] left, float[] right, int m, float[] tile) {
    float[][] sums = new float[BLOCK][BLOCK];
    float[][] components = new float[CHUNK][BLOCK];
    for (int from = 0; from < m; from += CHUNK) {
      int to = Math.min(from + CHUNK, m);
      for (int j = from; j < to; j++) {
        System.arraycopy(right, j * BLOCK, components[j - from], 0, BLOCK);
      }
      for (int r = 0; r < BLOCK; r++) {
        addRow(left, from * BLOCK + r, components, to - from, sums[r]);
      }
    }
    for (int r = 0; r < BLOCK; r++) {
      System.arraycopy(sums[r], 0, tile, r * BLOCK, BLOCK);
    }
  }

  private static void addRow(
      float[] left, int place, float[][] components, int count, float[] sums) {
    int j = 0;
    int p = place;
    for (; j + 4 <= count; j += 4, p += 4 * BLOCK) {
      addFour(
          left[p],
          components[j],
          left[p + BLOCK],
          components[j + 1],
          left[p + 2 * BLOCK],
          components[j + 2],
          left[p + 3 * BLOCK],
          components[j + 3],
          sums);
    }
    for (; j < count; j++, p += BLOCK) {
      float[] component = components[j];
      float own = left[p];
      for (int c = 0; c < BLOCK; c++) {
        sums[c] = Math.fma(own, component[c], sums[c]);
      }
    }
  }

  private static void addFour(
      float a0,
      float[] b0,
      float a1,
      float[] b1,
      float a2,
      float[] b2,
      float a3,
      float[] b3,
      float[] sums) {
    for (int c = 0; c < BLOCK; c++) {
      sums[c] =
          Math.fma(
              a3, b3[c], Math.fma(a2, b2[c], Math.fma(a1, b1[c], Math.fma(a0, b0[c], sums[c]))));
    }
  }

  @Override
  int reaching(float[] tile, Side left, Side right, float floor, int[] places) {
    float[] norms = right.norms();
    float[] grow = right.grow();
    float[] shrink = right.shrink();
    int count = 0;
    for (int r = 0; r < BLOCK; r++) {
      float ownNorm = left.norms()[r];
      float ownGrow = left.grow()[r];
      float ownShrink = left.shrink()[r];
      for (int c = 0; c < BLOCK; c++) {
        float form = Math.fma(-2, tile[r * BLOCK + c], ownNorm + norms[c]);
        float root = Math.fma(ownGrow, shrink[c], ownShrink * grow[c]);
        if (form >= floor * root * root) {
          places[count++] = r * BLOCK + c;
        }
      }
    }
    return count;
  }

  /** In eight interleaved partial sums. */
  @Override
  double squaredDistance(double[] x, int p, double[] y, int q, int m) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int j = 0;
    for (; j + 8 <= m; j += 8, p += 8, q += 8) {
      double t0 = x[p] - y[q];
      double t1 = x[p + 1] - y[q + 1];
      double t2 = x[p + 2] - y[q + 2];
      double t3 = x[p + 3] - y[q + 3];
      double t4 = x[p + 4] - y[q + 4];
      double t5 = x[p + 5] - y[q + 5];
      double t6 = x[p + 6] - y[q + 6];
      double t7 = x[p + 7] - y[q + 7];
      s0 = Math.fma(t0, t0, s0);
      s1 = Math.fma(t1, t1, s1);
      s2 = Math.fma(t2, t2, s2);
      s3 = Math.fma(t3, t3, s3);
      s4 = Math.fma(t4, t4, s4);
      s5 = Math.fma(t5, t5, s5);
      s6 = Math.fma(t6, t6, s6);
      s7 = Math.fma(t7, t7, s7);
    }
    double rest = 0;
    for (; j < m; j++, p++, q++) {
      double t = x[p] - y[q];
      rest = Math.fma(t, t, rest);
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)) + rest;
  }

  @Override
  void multiply(double[] rows, double[] x, int from, int to, double[] products) {
    int m = x.length;
    for (int i = from; i < to; i++) {
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      int p = i * m;
      int j = 0;
      for (; j + 4 <= m; j += 4, p += 4) {
        s0 = Math.fma(rows[p], x[j], s0);
        s1 = Math.fma(rows[p + 1], x[j + 1], s1);
        s2 = Math.fma(rows[p + 2], x[j + 2], s2);
        s3 = Math.fma(rows[p + 3], x[j + 3], s3);
      }
      for (; j < m; j++, p++) {
        s0 = Math.fma(rows[p], x[j], s0);
      }
      products[i] = (s0 + s1) + (s2 + s3);
    }
  }

  @Override
  void addOuter(double[] rows, double[] scales, double scale, double[] x) {
    double[] row = new double[x.length];
    for (int i = 0; i < scales.length; i++) {
      System.arraycopy(rows, i * x.length, row, 0, x.length);
      double by = scale * scales[i];
      for (int j = 0; j < x.length; j++) {
        row[j] = Math.fma(by, x[j], row[j]);
      }
      System.arraycopy(row, 0, rows, i * x.length, x.length);
    }
  }

  @Override
  void squaredDistances(float[] rows, long[] pairs, int from, int to, float[] distances) {
    for (int i = from; i < to; i++) {
      int p = PairSet.first(pairs[i]) * BLOCK;
      int q = PairSet.second(pairs[i]) * BLOCK;
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      for (int j = 0; j < BLOCK; j += 4) {
        float t0 = rows[p + j] - rows[q + j];
        float t1 = rows[p + j + 1] - rows[q + j + 1];
        float t2 = rows[p + j + 2] - rows[q + j + 2];
        float t3 = rows[p + j + 3] - rows[q + j + 3];
        s0 = Math.fma(t0, t0, s0);
        s1 = Math.fma(t1, t1, s1);
        s2 = Math.fma(t2, t2, s2);
        s3 = Math.fma(t3, t3, s3);
      }
      distances[i - from] = (s0 + s1) + (s2 + s3);
    }
  }

  @Override
  double lower(
      double[] scores, double[] weights, double[] t, int[] first, int[] second, int count) {
    double greatest = 0;
    for (int i = 0; i < count; i++) {
      double product = t[first[i]] - t[second[i]];
      scores[i] = Math.max(0, Math.fma(-weights[i], product * product, scores[i]));
      greatest = Math.max(greatest, scores[i]);
    }
    return greatest;
  }
}
