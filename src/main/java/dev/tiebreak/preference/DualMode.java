package dev.tiebreak.preference;

import static dev.tiebreak.preference.Objective.dot;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;

/**
 * The mode by the logits of the N pairs in place of the m coefficients, for N &lt; m: with K = X
 * Xᵀ, u = Xᵀ α / λ and t = K α / λ,
 *
 * <pre>{@code
 * L = ½ αᵀ t − log p(verdicts | t),   log det H = m log λ + log det B,   B = I + V^½ K V^½ / λ
 * }</pre>
 *
 * <p>V the Fisher weights. At the mode α is minus the derivative of −log p in t. B has no
 * eigenvalue below 1, so it factors whatever the rank of K. Each factor serves a few steps, as long
 * as these make fast progress; the last one is that of the returned point.
 *
 * <p>Source: Rasmussen and Williams, Gaussian Processes for Machine Learning (2006), algorithm 3.1.
 * Cost: N³ / 6 multiply-adds a factorisation, of which there are 2 or 3, and 3 N² a step.
 *
 * @param k N × N
 */
record DualMode(Matrix k, PairCounts pairs, LinearAlgebra algebra) {

  private static final int MOST_FACTORS = 100;

  /** The squared step, in posterior standard deviations, that ends the search. */
  private static final double NEGLIGIBLE = 1e-20;

  /**
   * What rounding makes of a squared step at worst: one that does not shrink below it is the last.
   */
  private static final double ROUNDING = 1e-12;

  /**
   * A squared step that is not shorter than this share of the last one ends the use of a factor.
   */
  private static final double FAST = 0.1;

  private static final double ARMIJO = 1e-4;
  private static final double SHORTEST = 1e-10;

  /**
   * The mode.
   *
   * @param alpha N numbers
   * @param logEvidence nats
   */
  record Found(double[] alpha, double logEvidence) {}

  /**
   * A point.
   *
   * @param t K α / λ
   * @param residual α − d log p / dt, 0 at the mode
   */
  private record Point(double[] alpha, double[] t, double loss, double[] residual) {}

  private record Factor(double[] roots, Cholesky cholesky) {}

  private record Step(double[] alpha, double[] t, double squared) {}

  /**
   * Finds the mode.
   *
   * @param start α to begin with; replaced by 0 where L is smaller there
   */
  Found find(double[] start, double lambda) {
    Point point = at(start, logits(start, lambda));
    Point origin = at(new double[start.length], new double[start.length]);
    if (!(point.loss < origin.loss)) {
      point = origin;
    }
    double last = Double.POSITIVE_INFINITY;
    for (int factors = 1; ; factors++) {
      Factor factor = factor(point, lambda);
      Step step = step(point, factor, lambda);
      boolean stalled = step.squared <= ROUNDING && step.squared >= FAST * last;
      if (!(step.squared > NEGLIGIBLE) || stalled || factors == MOST_FACTORS) {
        return new Found(point.alpha, -point.loss - factor.cholesky.logDeterminant() / 2);
      }
      last = step.squared;
      Point next = moved(point, step);
      while (next != point && step.squared > NEGLIGIBLE) {
        point = next;
        Step further = step(point, factor, lambda);
        if (further.squared > FAST * step.squared) {
          break;
        }
        step = further;
        next = moved(point, step);
      }
    }
  }

  private double[] logits(double[] alpha, double lambda) {
    double[] t = algebra.multiply(k, alpha);
    for (int i = 0; i < t.length; i++) {
      t[i] /= lambda;
    }
    return t;
  }

  private Point at(double[] alpha, double[] t) {
    double[] residual = new double[t.length];
    double loss = dot(alpha, t) / 2 - pairs.logLikelihood(t, residual);
    for (int i = 0; i < t.length; i++) {
      residual[i] += alpha[i];
    }
    return new Point(alpha, t, loss, residual);
  }

  private Factor factor(Point point, double lambda) {
    int n = point.t.length;
    double[] roots = new double[n];
    for (int i = 0; i < n; i++) {
      roots[i] = Math.sqrt(pairs.counts()[i] * Logistic.variance(point.t[i]) / lambda);
    }
    Matrix b = Matrix.zeros(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        b.values()[i * n + j] = roots[i] * roots[j] * k.values()[i * n + j];
      }
      b.values()[i * n + i] += 1;
    }
    Cholesky cholesky = algebra.cholesky(b);
    if (cholesky == null) {
      throw new IllegalArgumentException("the embeddings are not finite");
    }
    return new Factor(roots, cholesky);
  }

  /** −(I + V K / λ)⁻¹ of the residual, exact where the factor is of this very point. */
  private Step step(Point point, Factor factor, double lambda) {
    int n = point.t.length;
    double[] right = algebra.multiply(k, point.residual);
    for (int i = 0; i < n; i++) {
      right[i] *= factor.roots[i];
    }
    double[] solved = factor.cholesky.solve(right);
    double[] alpha = new double[n];
    for (int i = 0; i < n; i++) {
      alpha[i] = factor.roots[i] * solved[i] - point.residual[i];
    }
    double[] t = logits(alpha, lambda);
    return new Step(alpha, t, -dot(t, point.residual));
  }

  /** The point that the step leads to, or a nearer one; the same where rounding allows none. */
  @SuppressWarnings("ReferenceEquality") // the same point: no step was taken
  private Point moved(Point from, Step step) {
    for (double s = 1; s >= SHORTEST; s /= 2) {
      Point to = at(sum(from.alpha, s, step.alpha), sum(from.t, s, step.t));
      if (to.loss <= from.loss - ARMIJO * s * step.squared
          || (step.squared <= ROUNDING && s == 1)) {
        return to;
      }
    }
    return from;
  }

  private static double[] sum(double[] x, double s, double[] y) {
    double[] sum = Arrays.copyOf(x, x.length);
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.fma(s, y[i], sum[i]);
    }
    return sum;
  }
}
