package dev.tiebreak.insight;

import dev.tiebreak.design.DesignProblem;
import dev.tiebreak.design.Pairs;
import dev.tiebreak.design.SelectedPair;
import dev.tiebreak.evaluation.Coin;
import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Fit;
import dev.tiebreak.preference.Logistic;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The expected value of the next verdicts, before they are there (preposterior analysis: Raiffa,
 * Schlaifer, Applied Statistical Decision Theory, 1961, chapter 4), under the Laplace posterior w ~
 * N(u, H⁻¹), H = L Lᵀ.
 *
 * <p>The next h verdicts on pairs x_i, of weight v_i = p_i (1 − p_i), are taken as the linear
 * Gaussian experiment with their Fisher information Zᵀ Z, Z's rows √v_i x_iᵀ: each of K draws takes
 * weights w from the posterior, a result Z (w − u) + η, η ~ N(0, I), and the mean of the posterior
 * after it, u′. In whitened features ζ = Lᵀ(w − u) ~ N(0, I), u′ − u = L⁻ᵀ Z̃ᵀ (I + Z̃ Z̃ᵀ)⁻¹ (Z̃ ζ
 * + η), Z̃ = Z L⁻ᵀ. If w is right, an annotator prefers a with probability σ(wᵀx): a model of
 * weights u foresees σ(sign(uᵀx) wᵀx) of the verdicts on x (½ where uᵀx = 0), at a log-loss of
 * σ(wᵀx) softplus(−uᵀx) + σ(−wᵀx) softplus(uᵀx). Both are averaged over target pairs x for u and
 * for u′; the gain is the difference. Over the draws its mean is the expected gain, and its
 * percentiles say what may come of it.
 *
 * <p>Standard error of the expected gain: √(s²_draws/K + s²_pairs/P), s_draws the spread of a
 * draw's mean over pairs, s_pairs that of a pair's mean over draws, the latter 0 where all pairs
 * are looked at. Intervals of accuracy and log-loss now: percentiles over draws, widened by the
 * pairs' sampling error in quadrature.
 *
 * <p>The next verdicts are those that are owed when a round is published, in the order in which the
 * queue gives them out. Where they are fewer than h and candidates are left, they stand for h:
 * their information is scaled. P is 1,024 at most, and fewer where m is beyond 4,096; K is 512.
 * Cost: (P + h) m² / 2 for whitening, P h K for the draws. Deterministic for a seed.
 */
@Component
class Forecaster {

  static final int HORIZON = 100;
  private static final int MOST_PAIRS = 1024;
  private static final int MOST_NUMBERS = 1 << 22;
  private static final int DRAWS = 512;
  private static final int LEAST_RANK = 12;

  private final LinearAlgebra algebra;

  Forecaster(LinearAlgebra algebra) {
    this.algebra = algebra;
  }

  /**
   * The forecast at a fit.
   *
   * @param problem the selection that followed the fit; its pending pairs are owed after the batch
   * @param batch the pairs that were selected
   * @param overlap verdicts that each is owed
   * @param more whether candidates are left beyond the batch
   * @return null where there is nothing to judge: no pair is allowed, or no feature differs
   */
  @Nullable Forecast forecast(
      Fit fit, DesignProblem problem, List<SelectedPair> batch, int overlap, boolean more) {
    int m = problem.features().columns();
    if (m == 0) {
      return null;
    }
    long seed = Coin.mix(problem.seed());
    int most = Math.clamp(MOST_NUMBERS / m, 1, MOST_PAIRS);
    TargetPairs targets = TargetPairs.of(problem.prompts(), problem.pairing(), most, seed);
    if (targets.pairs().size() == 0) {
      return null;
    }
    Pairs owed = owed(problem, batch, overlap);
    int verdicts = more && owed.size() > 0 ? HORIZON : owed.size();
    double scale = owed.size() == 0 ? 0 : (double) verdicts / owed.size();
    Whitened target = whitened(fit, problem, targets.pairs());
    Matrix information = weighted(whitened(fit, problem, owed), scale);
    SplittableRandom random = new SplittableRandom(seed);
    Experiment experiment = experiment(target.rows(), information, random);
    Outcomes outcomes = outcomes(target.means(), experiment, targets.all());
    return outcomes.forecast(verdicts, meanSquare(target.rows()), experiment.meanVarianceTaken());
  }

  /** The first of the verdicts to come, at most as many as are looked at. */
  private static Pairs owed(DesignProblem problem, List<SelectedPair> batch, int overlap) {
    int selected = (int) Math.min(HORIZON, (long) batch.size() * overlap);
    int size = Math.min(HORIZON, selected + problem.pending().size());
    int[] a = new int[size];
    int[] b = new int[size];
    for (int i = 0; i < size; i++) {
      boolean fresh = i < selected;
      a[i] = fresh ? batch.get(i / overlap).a() : problem.pending().a()[i - selected];
      b[i] = fresh ? batch.get(i / overlap).b() : problem.pending().b()[i - selected];
    }
    return new Pairs(a, b);
  }

  /**
   * Pairs.
   *
   * @param means uᵀx, logits
   * @param rows L⁻¹x
   */
  private record Whitened(double[] means, Matrix rows) {}

  private Whitened whitened(Fit fit, DesignProblem problem, Pairs pairs) {
    Matrix features = problem.features();
    int m = features.columns();
    Matrix differences = Matrix.zeros(pairs.size(), m);
    double[] means = new double[pairs.size()];
    for (int i = 0; i < pairs.size(); i++) {
      for (int j = 0; j < m; j++) {
        double x = features.get(pairs.a()[i], j) - features.get(pairs.b()[i], j);
        differences.values()[i * m + j] = x;
        means[i] = Math.fma(x, problem.coefficients()[j], means[i]);
      }
    }
    return new Whitened(means, pairs.size() == 0 ? differences : fit.factor().whiten(differences));
  }

  /** Z̃: each row times the root of its Fisher weight. */
  private static Matrix weighted(Whitened owed, double scale) {
    Matrix rows = owed.rows().copy();
    for (int i = 0; i < rows.rows(); i++) {
      double root = Math.sqrt(scale * Logistic.variance(owed.means()[i]));
      for (int j = 0; j < rows.columns(); j++) {
        rows.values()[i * rows.columns() + j] *= root;
      }
    }
    return rows;
  }

  /**
   * Draws of the truth and of what will be believed, less what is believed now.
   *
   * @param truth (w − u)ᵀx, pairs × draws
   * @param belief (u′ − u)ᵀx, pairs × draws
   * @param meanVarianceTaken by which the mean posterior variance over pairs falls
   */
  private record Experiment(Matrix truth, Matrix belief, double meanVarianceTaken) {}

  private Experiment experiment(Matrix target, Matrix information, SplittableRandom random) {
    Matrix weights = normal(target.columns(), random);
    Matrix truth = algebra.multiply(target, weights);
    int h = information.rows();
    if (h == 0) {
      return new Experiment(truth, Matrix.zeros(target.rows(), DRAWS), 0);
    }
    Matrix results = algebra.multiply(information, weights);
    Matrix noise = normal(h, random);
    for (int i = 0; i < noise.values().length; i++) {
      results.values()[i] += noise.values()[i];
    }
    Matrix transposed = information.transposed();
    Matrix gram = algebra.multiply(information, transposed);
    for (int i = 0; i < h; i++) {
      gram.values()[i * h + i] += 1;
    }
    @Nullable Cholesky factor = algebra.cholesky(gram);
    if (factor == null) {
      throw new IllegalStateException("I + Z Zᵀ is not positive definite");
    }
    // with G = I + Z Zᵀ = R Rᵀ: x Zᵀ G⁻¹ y = (R⁻¹ Z xᵀ)ᵀ (R⁻¹ y)
    Matrix cross = factor.whiten(algebra.multiply(target, transposed));
    Matrix solved = factor.whiten(results.transposed()).transposed();
    return new Experiment(truth, algebra.multiply(cross, solved), meanSquare(cross));
  }

  private static Matrix normal(int rows, SplittableRandom random) {
    Matrix matrix = Matrix.zeros(rows, DRAWS);
    Arrays.setAll(matrix.values(), i -> random.nextGaussian());
    return matrix;
  }

  /** The mean over rows of their squared length. */
  private static double meanSquare(Matrix rows) {
    return Arrays.stream(rows.values()).map(value -> value * value).sum() / rows.rows();
  }

  private static Outcomes outcomes(double[] means, Experiment experiment, boolean all) {
    Outcomes outcomes = new Outcomes(means.length, DRAWS, LEAST_RANK, all);
    for (int pair = 0; pair < means.length; pair++) {
      for (int draw = 0; draw < DRAWS; draw++) {
        outcomes.add(
            pair,
            draw,
            means[pair] + experiment.truth().get(pair, draw),
            means[pair],
            means[pair] + experiment.belief().get(pair, draw));
      }
    }
    return outcomes;
  }
}
