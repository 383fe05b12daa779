package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Logistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * One pick at a time the largest gain in the mutual information of the batch's labels, jointly, and
 * w, under w ~ N(w*, H⁻¹), the Laplace posterior: pending pairs and the random arm play no part in
 * it. Ties go to the smaller candidate index.
 *
 * <p>As in the paper w is {@value #SAMPLES} samples, and the joint distribution of the labels is
 * enumerated up to {@value #CONFIGURATIONS} configurations, sampled beyond ({@link JointLabels}).
 * The information on a uniform choice of S samples is monotone and submodular, so that lazy
 * evaluation is exact while all configurations are enumerated. Three things are approximate beside:
 *
 * <ul>
 *   <li>only the {@value #POOL} candidates with the most information alone ({@link
 *       Bernoulli#information}) are looked at;
 *   <li>S samples cannot hold more than ln S nats, and picks near that would be noise: when the
 *       picks hold half of it, they are taken into the posterior as A ← A + Σ v x xᵀ, w is sampled
 *       anew from N(w*, A⁻¹), and a new pool is made; the batch so comes in sections;
 *   <li>once labels are sampled, a gain may rise and lazy evaluation miss it.
 * </ul>
 *
 * <p>Source: Kirsch, van Amersfoort, Gal, BatchBALD, NeurIPS 2019; compared by Shen, Sun, Ton, ICML
 * 2025. Cost of a section, commonly of ten to twenty picks: |C| m multiply-adds, {@value #POOL} m
 * S, and for each pick some tens of evaluations of at most {@value #CONFIGURATIONS} S; memory n m
 * and about 10 MB.
 */
final class BatchBald implements SelectionRule {

  private static final int SAMPLES = 256;
  private static final int CONFIGURATIONS = 256;
  private static final int POOL = 4096;
  private static final int BLOCK = 512;

  /** Less is rounding, nats. */
  private static final double LEAST_GAIN = 1e-12;

  private final int samples;
  private final int pool;

  BatchBald() {
    this(SAMPLES, POOL);
  }

  /** With another number of samples of w, and of candidates that are looked at. */
  BatchBald(int samples, int pool) {
    this.samples = samples;
    this.pool = pool;
  }

  /** A candidate, with a bound of its gain that was its gain after {@code picks} picks. */
  private record Promise(int place, long pair, double gain, int picks) {}

  @Override
  public long[] choose(DesignState state, int count) {
    Information information = Information.of(state.problem().information(), state.linearAlgebra());
    long[] taken = state.taken().packed();
    List<Long> picks = new ArrayList<>();
    while (picks.size() < count) {
      long[] passed = Arrays.copyOf(taken, taken.length + picks.size());
      for (int i = 0; i < picks.size(); i++) {
        passed[taken.length + i] = picks.get(i);
      }
      Matrix whitened = information.whiten(state.centred());
      long[] candidates = best(state, whitened, PairSet.ofPacked(passed));
      Matrix probabilities = probabilities(state, whitened, candidates, samples);
      long[] section = section(state, candidates, probabilities, count - picks.size());
      for (long pair : section) {
        picks.add(pair);
        int a = PairSet.first(pair);
        int b = PairSet.second(pair);
        information.add(
            PairInformation.difference(state.problem().features(), a, b), state.weights().of(a, b));
      }
    }
    return picks.stream().mapToLong(pair -> pair).toArray();
  }

  /** The candidates with the most information alone. */
  private long[] best(DesignState state, Matrix whitened, PairSet passed) {
    double[] rewards = state.rewards();
    RowScorer.Maker variances = new QuadraticScores(whitened, null);
    return state
        .best(
            pool,
            passed,
            () -> {
              RowScorer scorer = variances.make();
              return (a, partners, found, floor, scores) -> {
                scorer.score(a, partners, found, Double.NEGATIVE_INFINITY, scores);
                for (int i = 0; i < found; i++) {
                  if (scores[i] / 8 < floor) {
                    scores[i] /= 8;
                  } else {
                    double difference = rewards[a] - rewards[partners[i]];
                    double score = Bernoulli.information(difference, scores[i]);
                    scores[i] = score >= 0 ? score : 0; // not a number where H is all but 0
                  }
                }
              };
            })
        .pairs();
  }

  /**
   * p of each pair under each sample of w, pairs × samples.
   *
   * @param whitened L⁻¹z, A = L Lᵀ, for w ~ N(w*, A⁻¹)
   */
  static Matrix probabilities(DesignState state, Matrix whitened, long[] pairs, int samples) {
    int m = whitened.columns();
    Matrix draws = new Matrix(m, samples, state.uniform().normals(m * samples));
    Matrix probabilities = Matrix.zeros(pairs.length, samples);
    for (int from = 0; from < pairs.length; from += BLOCK) {
      Matrix differences = Matrix.zeros(Math.min(BLOCK, pairs.length - from), m);
      for (int i = 0; i < differences.rows(); i++) {
        int a = PairSet.first(pairs[from + i]);
        int b = PairSet.second(pairs[from + i]);
        double[] x = PairInformation.difference(whitened, a, b);
        System.arraycopy(x, 0, differences.values(), i * m, m);
      }
      double[] logits =
          m == 0
              ? new double[differences.rows() * samples]
              : state.linearAlgebra().multiply(differences, draws).values();
      for (int i = 0; i < logits.length; i++) {
        long pair = pairs[from + i / samples];
        double mean = state.rewards()[PairSet.first(pair)] - state.rewards()[PairSet.second(pair)];
        probabilities.values()[from * samples + i] = Logistic.sigmoid(mean + logits[i]);
      }
    }
    return probabilities;
  }

  /** Lazy greedy until the picks hold half of what the samples can, or there are {@code count}. */
  private long[] section(DesignState state, long[] candidates, Matrix probabilities, int count) {
    JointLabels labels =
        new JointLabels(samples, CONFIGURATIONS, state.uniform(), state.linearAlgebra());
    PriorityQueue<Promise> queue =
        new PriorityQueue<>(
            Comparator.comparingDouble((Promise promise) -> -promise.gain)
                .thenComparingLong(promise -> promise.pair));
    for (int i = 0; i < candidates.length; i++) {
      queue.add(new Promise(i, candidates[i], Double.POSITIVE_INFINITY, -1));
    }
    long[] picks = new long[Math.min(count, candidates.length)];
    double information = 0;
    int size = 0;
    while (size < picks.length && information < Math.log(samples) / 2) {
      Promise promise = queue.remove();
      double[] p =
          Arrays.copyOfRange(
              probabilities.values(), promise.place * samples, (promise.place + 1) * samples);
      if (promise.picks < size) {
        double gain = labels.gain(p);
        double known = gain >= LEAST_GAIN ? gain : 0;
        queue.add(new Promise(promise.place, promise.pair, known, size));
      } else {
        picks[size++] = promise.pair;
        information += promise.gain;
        if (promise.gain > 0) {
          labels.add(p); // otherwise the label tells nothing of w
        }
      }
    }
    return Arrays.copyOf(picks, size);
  }
}
