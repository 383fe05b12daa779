package dev.tiebreak.design;

import org.jspecify.annotations.Nullable;

/**
 * A tile's best candidates, with q = xᵀA⁻¹x and t = xᵀA⁻¹TA⁻¹x kept up to date, and a bound on the
 * gain of all its others. The gain is v t / (1 + v q). Mutable.
 */
final class Tile {

  final int left;
  final int right;

  /** No candidate of the tile has a greater v. */
  final double greatestVariance;

  /** The positions of its candidates where these are listed. */
  final long @Nullable [] listed;

  /** No candidate that is not held gains more than this. */
  double bound = Double.POSITIVE_INFINITY;

  /** The bound when it was last scanned, and the least gain of a pick since. */
  private double firstBound = Double.POSITIVE_INFINITY;

  private double leastGain = Double.POSITIVE_INFINITY;

  /** By how much gains may have risen when it was last scanned, by position of either bucket. */
  private double[] leftRises = {};

  private double[] rightRises = {};

  /** The greatest gain held; −∞ where nothing is. */
  double best = Double.NEGATIVE_INFINITY;

  /** Before which pick it was last scanned. */
  private int scanned = -1;

  private int size;
  private long[] pairs = {};
  private int[] first = {};
  private int[] second = {};
  private double[] variances = {};
  private double[] q = {};
  private double[] t = {};
  private double[] gains = {};

  Tile(int left, int right, double greatestVariance, long @Nullable [] listed) {
    this.left = left;
    this.right = right;
    this.greatestVariance = greatestVariance;
    this.listed = listed;
  }

  /** Whether it was scanned before this pick and after the one before. */
  boolean isScanned(int pick) {
    return scanned == pick;
  }

  /** The least gain held where so many are held: as many candidates gain no less; else −∞. */
  double floor(int held) {
    double least = size < held ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      least = Math.min(least, gains[i]);
    }
    return least;
  }

  /** Takes down that it was scanned, with the rises of its positions so far. */
  void setScanned(int pick, double[] leftRises, double[] rightRises) {
    scanned = pick;
    this.leftRises = leftRises;
    this.rightRises = rightRises;
    firstBound = bound;
    leastGain = Double.POSITIVE_INFINITY;
  }

  /**
   * Raises the bound by what a pick may add to gains.
   *
   * @param gain of the pick; a bound above it proves nothing
   */
  void raise(double rise, double gain) {
    bound = bound + rise <= gain ? bound + rise : Double.POSITIVE_INFINITY;
    leastGain = Math.min(leastGain, gain);
  }

  /**
   * Lowers the bound where the rises of all picks since the last scan, taken together, prove less
   * than one by one.
   *
   * @param rises by position
   * @param rounding what may be wrong with a bound
   */
  void tighten(double[] rises, int leftStart, int rightStart, double rounding) {
    double root =
        Math.sqrt(greatest(rises, leftStart, leftRises))
            + Math.sqrt(greatest(rises, rightStart, rightRises));
    double together = firstBound + greatestVariance * root * root + rounding;
    if (together <= leastGain) {
      bound = Math.min(bound, together);
    }
  }

  private static double greatest(double[] rises, int start, double[] before) {
    double greatest = 0;
    for (int i = 0; i < before.length; i++) {
      greatest = Math.max(greatest, rises[start + i] - before[i]);
    }
    return greatest;
  }

  /** Forgets what is held, and makes room. */
  void clear(int capacity) {
    size = 0;
    best = Double.NEGATIVE_INFINITY;
    if (capacity > pairs.length) {
      pairs = new long[capacity];
      first = new int[capacity];
      second = new int[capacity];
      variances = new double[capacity];
      q = new double[capacity];
      t = new double[capacity];
      gains = new double[capacity];
    }
  }

  /** Forgets what is held and what is known of the rest. */
  void reset() {
    clear(0);
    bound = Double.POSITIVE_INFINITY;
    firstBound = Double.POSITIVE_INFINITY;
    scanned = -1;
  }

  /**
   * Holds a candidate.
   *
   * @param pair its rows, packed
   * @param positions the positions of its rows, packed
   */
  void hold(long pair, long positions, double variance, double q, double t) {
    pairs[size] = pair;
    first[size] = PairSet.first(positions);
    second[size] = PairSet.second(positions);
    variances[size] = variance;
    this.q[size] = q;
    this.t[size] = t;
    gains[size] = variance * t / (1 + variance * q);
    best = Math.max(best, gains[size]);
    size++;
  }

  /** The place of the smallest pair whose gain is at least this; −1 where there is none. */
  int smallest(double gain) {
    int smallest = -1;
    for (int i = 0; i < size; i++) {
      if (gains[i] >= gain && (smallest < 0 || pairs[i] < pairs[smallest])) {
        smallest = i;
      }
    }
    return smallest;
  }

  long pair(int place) {
    return pairs[place];
  }

  /** The positions of a pair's rows, packed. */
  long positions(int place) {
    return PairSet.pack(first[place], second[place]);
  }

  double variance(int place) {
    return variances[place];
  }

  void remove(int place) {
    size--;
    pairs[place] = pairs[size];
    first[place] = first[size];
    second[place] = second[size];
    variances[place] = variances[size];
    q[place] = q[size];
    t[place] = t[size];
    gains[place] = gains[size];
    findBest();
  }

  /**
   * Follows A ← A + v x xᵀ: with s = v / (1 + v xᵀA⁻¹x), q falls by s a² and t changes by s a (s τ
   * a − 2 b), a and b the differences of the values by position.
   */
  void update(double[] a, double[] b, double s, double tau) {
    for (int i = 0; i < size; i++) {
      double alpha = a[first[i]] - a[second[i]];
      double beta = b[first[i]] - b[second[i]];
      q[i] = Math.max(0, q[i] - s * alpha * alpha);
      t[i] = Math.max(0, t[i] + s * alpha * (s * tau * alpha - 2 * beta));
      gains[i] = variances[i] * t[i] / (1 + variances[i] * q[i]);
    }
    findBest();
  }

  private void findBest() {
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      most = Math.max(most, gains[i]);
    }
    best = most;
  }
}
