package dev.tiebreak.design;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The JDK's Vector API. Vectors stay in local variables: one that is passed to a method that the
 * JIT compiler does not inline is boxed, at several times the cost.
 */
final class VectorPairKernels extends PairKernels {

  /** At most 512 bits: four vectors are a row of a tile. */
  private static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.length() > 16
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  private static final VectorSpecies<Double> DOUBLES =
      DoubleVector.SPECIES_PREFERRED.length() > 8
          ? DoubleVector.SPECIES_512
          : DoubleVector.SPECIES_PREFERRED;

  private static final int LANES = FLOATS.length();

  /** Components whose part of a block, 32 KiB, stays in the first-level cache. */
  private static final int CHUNK = 128;

  @Override
  String name() {
    return "vector-" + FLOATS.vectorBitSize();
  }

  @Override
  void multiply(float[] left, float[] right, int m, float[] tile) {
    Arrays.fill(tile, 0);
    for (int from = 0; from < m; from += CHUNK) {
      int to = Math.min(from + CHUNK, m);
      for (int r = 0; r < BLOCK; r += 4) {
        for (int c = 0; c < BLOCK; c += 4 * LANES) {
          addFourByFour(left, r, right, c, from, to, tile);
        }
      }
    }
  }

  /** Four rows by four vectors of columns: sixteen sums in registers. */
  private static void addFourByFour(
      float[] left, int r, float[] right, int c, int from, int to, float[] tile) {
    int t0 = r * BLOCK + c;
    int t1 = t0 + BLOCK;
    int t2 = t1 + BLOCK;
    int t3 = t2 + BLOCK;
    FloatVector s00 = FloatVector.fromArray(FLOATS, tile, t0);
    FloatVector s01 = FloatVector.fromArray(FLOATS, tile, t0 + LANES);
    FloatVector s02 = FloatVector.fromArray(FLOATS, tile, t0 + 2 * LANES);
    FloatVector s03 = FloatVector.fromArray(FLOATS, tile, t0 + 3 * LANES);
    FloatVector s10 = FloatVector.fromArray(FLOATS, tile, t1);
    FloatVector s11 = FloatVector.fromArray(FLOATS, tile, t1 + LANES);
    FloatVector s12 = FloatVector.fromArray(FLOATS, tile, t1 + 2 * LANES);
    FloatVector s13 = FloatVector.fromArray(FLOATS, tile, t1 + 3 * LANES);
    FloatVector s20 = FloatVector.fromArray(FLOATS, tile, t2);
    FloatVector s21 = FloatVector.fromArray(FLOATS, tile, t2 + LANES);
    FloatVector s22 = FloatVector.fromArray(FLOATS, tile, t2 + 2 * LANES);
    FloatVector s23 = FloatVector.fromArray(FLOATS, tile, t2 + 3 * LANES);
    FloatVector s30 = FloatVector.fromArray(FLOATS, tile, t3);
    FloatVector s31 = FloatVector.fromArray(FLOATS, tile, t3 + LANES);
    FloatVector s32 = FloatVector.fromArray(FLOATS, tile, t3 + 2 * LANES);
    FloatVector s33 = FloatVector.fromArray(FLOATS, tile, t3 + 3 * LANES);
    for (int j = from; j < to; j++) {
      int a = j * BLOCK + r;
      int b = j * BLOCK + c;
      FloatVector b0 = FloatVector.fromArray(FLOATS, right, b);
      FloatVector b1 = FloatVector.fromArray(FLOATS, right, b + LANES);
      FloatVector b2 = FloatVector.fromArray(FLOATS, right, b + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(FLOATS, right, b + 3 * LANES);
      FloatVector a0 = FloatVector.broadcast(FLOATS, left[a]);
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      s02 = a0.fma(b2, s02);
      s03 = a0.fma(b3, s03);
      FloatVector a1 = FloatVector.broadcast(FLOATS, left[a + 1]);
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      s12 = a1.fma(b2, s12);
      s13 = a1.fma(b3, s13);
      FloatVector a2 = FloatVector.broadcast(FLOATS, left[a + 2]);
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
      s22 = a2.fma(b2, s22);
      s23 = a2.fma(b3, s23);
      FloatVector a3 = FloatVector.broadcast(FLOATS, left[a + 3]);
      s30 = a3.fma(b0, s30);
      s31 = a3.fma(b1, s31);
      s32 = a3.fma(b2, s32);
      s33 = a3.fma(b3, s33);
    }
    s00.intoArray(tile, t0);
    s01.intoArray(tile, t0 + LANES);
    s02.intoArray(tile, t0 + 2 * LANES);
    s03.intoArray(tile, t0 + 3 * LANES);
    s10.intoArray(tile, t1);
    s11.intoArray(tile, t1 + LANES);
    s12.intoArray(tile, t1 + 2 * LANES);
    s13.intoArray(tile, t1 + 3 * LANES);
    s20.intoArray(tile, t2);
    s21.intoArray(tile, t2 + LANES);
    s22.intoArray(tile, t2 + 2 * LANES);
    s23.intoArray(tile, t2 + 3 * LANES);
    s30.intoArray(tile, t3);
    s31.intoArray(tile, t3 + LANES);
    s32.intoArray(tile, t3 + 2 * LANES);
    s33.intoArray(tile, t3 + 3 * LANES);
  }

  @Override
  int reaching(float[] tile, Side left, Side right, float floor, int[] places) {
    int count = 0;
    for (int c = 0; c < BLOCK; c += LANES) {
      FloatVector norms = FloatVector.fromArray(FLOATS, right.norms(), c);
      FloatVector grow = FloatVector.fromArray(FLOATS, right.grow(), c);
      FloatVector shrink = FloatVector.fromArray(FLOATS, right.shrink(), c);
      for (int r = 0; r < BLOCK; r++) {
        FloatVector form =
            FloatVector.fromArray(FLOATS, tile, r * BLOCK + c)
                .fma(FloatVector.broadcast(FLOATS, -2f), norms.add(left.norms()[r]));
        FloatVector root =
            shrink.fma(FloatVector.broadcast(FLOATS, left.grow()[r]), grow.mul(left.shrink()[r]));
        FloatVector least = root.mul(root).mul(floor);
        VectorMask<Float> reaches = form.compare(VectorOperators.GE, least);
        if (reaches.anyTrue()) {
          for (long bits = reaches.toLong(); bits != 0; bits &= bits - 1) {
            places[count++] = r * BLOCK + c + Long.numberOfTrailingZeros(bits);
          }
        }
      }
    }
    return count;
  }

  @Override
  void multiply(double[] rows, double[] x, int from, int to, double[] products) {
    int m = x.length;
    int vectors = DOUBLES.loopBound(m);
    int i = from;
    for (; i + 4 <= to; i += 4) {
      int p = i * m;
      DoubleVector s0 = DoubleVector.zero(DOUBLES);
      DoubleVector s1 = DoubleVector.zero(DOUBLES);
      DoubleVector s2 = DoubleVector.zero(DOUBLES);
      DoubleVector s3 = DoubleVector.zero(DOUBLES);
      for (int j = 0; j < vectors; j += DOUBLES.length()) {
        DoubleVector own = DoubleVector.fromArray(DOUBLES, x, j);
        s0 = own.fma(DoubleVector.fromArray(DOUBLES, rows, p + j), s0);
        s1 = own.fma(DoubleVector.fromArray(DOUBLES, rows, p + m + j), s1);
        s2 = own.fma(DoubleVector.fromArray(DOUBLES, rows, p + 2 * m + j), s2);
        s3 = own.fma(DoubleVector.fromArray(DOUBLES, rows, p + 3 * m + j), s3);
      }
      products[i] = s0.reduceLanes(VectorOperators.ADD) + dot(rows, p, x, vectors);
      products[i + 1] = s1.reduceLanes(VectorOperators.ADD) + dot(rows, p + m, x, vectors);
      products[i + 2] = s2.reduceLanes(VectorOperators.ADD) + dot(rows, p + 2 * m, x, vectors);
      products[i + 3] = s3.reduceLanes(VectorOperators.ADD) + dot(rows, p + 3 * m, x, vectors);
    }
    for (; i < to; i++) {
      products[i] = dot(rows, i * m, x, 0);
    }
  }

  /** The product of a row and x from a column on. */
  private static double dot(double[] rows, int row, double[] x, int from) {
    double sum = 0;
    for (int j = from; j < x.length; j++) {
      sum = Math.fma(rows[row + j], x[j], sum);
    }
    return sum;
  }

  /** In two vectors of partial sums. */
  @Override
  double squaredDistance(double[] x, int p, double[] y, int q, int m) {
    int lanes = DOUBLES.length();
    DoubleVector s0 = DoubleVector.zero(DOUBLES);
    DoubleVector s1 = DoubleVector.zero(DOUBLES);
    int j = 0;
    for (; j + 2 * lanes <= m; j += 2 * lanes) {
      DoubleVector t0 =
          DoubleVector.fromArray(DOUBLES, x, p + j).sub(DoubleVector.fromArray(DOUBLES, y, q + j));
      DoubleVector t1 =
          DoubleVector.fromArray(DOUBLES, x, p + j + lanes)
              .sub(DoubleVector.fromArray(DOUBLES, y, q + j + lanes));
      s0 = t0.fma(t0, s0);
      s1 = t1.fma(t1, s1);
    }
    double rest = 0;
    for (; j < m; j++) {
      double t = x[p + j] - y[q + j];
      rest = Math.fma(t, t, rest);
    }
    return s0.add(s1).reduceLanes(VectorOperators.ADD) + rest;
  }

  @Override
  void addOuter(double[] rows, double[] scales, double scale, double[] x) {
    int m = x.length;
    int vectors = DOUBLES.loopBound(m);
    for (int i = 0; i < scales.length; i++) {
      double by = scale * scales[i];
      DoubleVector factor = DoubleVector.broadcast(DOUBLES, by);
      for (int j = 0; j < vectors; j += DOUBLES.length()) {
        factor
            .fma(
                DoubleVector.fromArray(DOUBLES, x, j),
                DoubleVector.fromArray(DOUBLES, rows, i * m + j))
            .intoArray(rows, i * m + j);
      }
      for (int j = vectors; j < m; j++) {
        rows[i * m + j] = Math.fma(by, x[j], rows[i * m + j]);
      }
    }
  }

  @Override
  void squaredDistances(float[] rows, long[] pairs, int from, int to, float[] distances) {
    for (int i = from; i < to; i++) {
      int p = PairSet.first(pairs[i]) * BLOCK;
      int q = PairSet.second(pairs[i]) * BLOCK;
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int j = 0; j < BLOCK; j += LANES) {
        FloatVector t =
            FloatVector.fromArray(FLOATS, rows, p + j)
                .sub(FloatVector.fromArray(FLOATS, rows, q + j));
        sum = t.fma(t, sum);
      }
      distances[i - from] = sum.reduceLanes(VectorOperators.ADD);
    }
  }

  @Override
  double lower(
      double[] scores, double[] weights, double[] t, int[] first, int[] second, int count) {
    DoubleVector most = DoubleVector.zero(DOUBLES);
    int i = 0;
    for (; i + DOUBLES.length() <= count; i += DOUBLES.length()) {
      DoubleVector product =
          DoubleVector.fromArray(DOUBLES, t, 0, first, i)
              .sub(DoubleVector.fromArray(DOUBLES, t, 0, second, i));
      DoubleVector lowered =
          product
              .mul(product)
              .fma(
                  DoubleVector.fromArray(DOUBLES, weights, i).neg(),
                  DoubleVector.fromArray(DOUBLES, scores, i))
              .max(0);
      lowered.intoArray(scores, i);
      most = most.max(lowered);
    }
    double greatest = most.reduceLanes(VectorOperators.MAX);
    for (; i < count; i++) {
      double product = t[first[i]] - t[second[i]];
      scores[i] = Math.max(0, Math.fma(-weights[i], product * product, scores[i]));
      greatest = Math.max(greatest, scores[i]);
    }
    return greatest;
  }
}
