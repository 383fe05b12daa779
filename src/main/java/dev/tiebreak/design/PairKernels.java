package dev.tiebreak.design;

import dev.tiebreak.linalg.VectorModule;

/**
 * The loops over pairs that no linear algebra library has. There are two sets: one for the JDK's
 * Vector API, used where {@link VectorModule} says so, and one in plain Java. Selections do not
 * depend on which one is used.
 */
public abstract sealed class PairKernels permits PlainPairKernels, VectorPairKernels {

  /** Rows of a block, and of a tile's either side. */
  static final int BLOCK = 64;

  PairKernels() {}

  /** The kernels in use, for logs and metrics: {@code plain} or {@code vector-512} (bits). */
  public static String chosen() {
    return InUse.KERNELS.name();
  }

  static PairKernels inUse() {
    return InUse.KERNELS;
  }

  /** The kernels by the name that {@link VectorModule#PROPERTY} has for them. */
  static PairKernels of(String name) {
    return VectorModule.isUsed(name) ? vector() : new PlainPairKernels();
  }

  /** By name, so that nothing but this loads the class. */
  private static PairKernels vector() {
    try {
      return (PairKernels)
          Class.forName(PairKernels.class.getPackageName() + ".VectorPairKernels")
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no vector kernels", e);
    }
  }

  abstract String name();

  /**
   * The products of the rows of two blocks: tile[64 r + c] = Σ_j left[64 j + r] right[64 j + c],
   * each summed in the order of j.
   *
   * @param left a block, component by component, m × 64
   * @param right likewise
   * @param tile 64 × 64, overwritten
   */
  abstract void multiply(float[] left, float[] right, int m, float[] tile);

  /**
   * Which pairs of a tile may reach a score: those with norms_r + norms_c − 2 tile_rc ≥ floor
   * (grow_r shrink_c + shrink_r grow_c)².
   *
   * @param places gets 64 r + c of each, in some order; 4,096 entries
   * @return their number
   */
  abstract int reaching(float[] tile, Side left, Side right, float floor, int[] places);

  /**
   * The products of the rows from..to − 1 with a vector: products[i] = Σ_j rows[i m + j] x[j].
   *
   * @param rows n × m
   * @param x m numbers
   * @param products n numbers
   */
  abstract void multiply(double[] rows, double[] x, int from, int to, double[] products);

  /**
   * Adds scale · scales[i] · x[j] to rows[i m + j], by one fused multiply-add each.
   *
   * @param rows scales.length × m
   * @param x m numbers
   */
  abstract void addOuter(double[] rows, double[] scales, double scale, double[] x);

  /**
   * ‖row a − row b‖² of the packed pairs from..to − 1, in float32.
   *
   * @param rows n × 64
   * @param distances to − from numbers, overwritten
   */
  abstract void squaredDistances(float[] rows, long[] pairs, int from, int to, float[] distances);

  /**
   * Σ_j (x[p + j] − y[q + j])² over m columns: the same number for the same columns, whoever asks.
   */
  abstract double squaredDistance(double[] x, int p, double[] y, int q, int m);

  /**
   * Lowers scores by a pick: scores[i] becomes max(0, scores[i] − weights[i] (t[first[i]] −
   * t[second[i]])²).
   *
   * @return the greatest new score, 0 where there are none
   */
  abstract double lower(
      double[] scores, double[] weights, double[] t, int[] first, int[] second, int count);

  /**
   * What the bound on a score needs of a block's rows beside their products, 64 numbers each.
   *
   * @param norms ‖ζ‖², with the margin for rounding
   * @param grow e^((r − c)/2)
   * @param shrink e^(−(r − c)/2)
   */
  record Side(float[] norms, float[] grow, float[] shrink) {}

  private static final class InUse {
    static final PairKernels KERNELS = of(VectorModule.asked());
  }
}
