package dev.tiebreak.design;

import static java.util.Objects.requireNonNull;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** The definitions, pair by pair and with a fresh factorisation each time: slow and plain. */
@NullMarked
final class BruteForce {

  private BruteForce() {}

  static List<Long> candidates(ProblemBuilder problem) {
    List<Long> candidates = new ArrayList<>();
    int n = problem.features.rows();
    for (int a = 0; a < n; a++) {
      for (int b = a + 1; b < n; b++) {
        boolean inPrompt = problem.prompts[a] == problem.prompts[b];
        boolean allowed =
            switch (problem.pairing) {
              case IN_PROMPT -> inPrompt;
              case CROSS_PROMPT -> !inPrompt;
              case ANY -> true;
            };
        if (allowed && !problem.excluded.contains(a, b)) {
          candidates.add(PairSet.pack(a, b));
        }
      }
    }
    return candidates;
  }

  static double[] x(ProblemBuilder problem, long pair) {
    return PairInformation.difference(problem.features, PairSet.first(pair), PairSet.second(pair));
  }

  static double v(ProblemBuilder problem, long pair) {
    return v(problem.rewards(), pair);
  }

  static double v(double[] rewards, long pair) {
    double e = Math.exp(-Math.abs(rewards[PairSet.first(pair)] - rewards[PairSet.second(pair)]));
    return e / ((1 + e) * (1 + e));
  }

  /** A += v x xᵀ. */
  static void add(ProblemBuilder problem, Matrix a, long pair, double v) {
    double[] x = x(problem, pair);
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        a.values()[i * x.length + j] += v * x[i] * x[j];
      }
    }
  }

  /** H + Σ_pending v x xᵀ. */
  static Matrix before(ProblemBuilder problem) {
    Matrix a = problem.information.copy();
    for (int i = 0; i < problem.pending.size(); i++) {
      long pair = PairSet.pack(problem.pending.a()[i], problem.pending.b()[i]);
      add(problem, a, pair, v(problem, pair));
    }
    return a;
  }

  static double form(ProblemBuilder problem, Matrix a, long pair) {
    return form(factor(a), x(problem, pair));
  }

  private static Cholesky factor(Matrix a) {
    return requireNonNull(ProblemBuilder.LINEAR_ALGEBRA.cholesky(a));
  }

  private static double form(Cholesky factor, double[] x) {
    double[] solved = factor.solve(x);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * solved[i];
    }
    return sum;
  }

  static double logDeterminant(Matrix a) {
    return factor(a).logDeterminant();
  }

  /** The greedy picks after {@code arm}; {@code free} loses what is picked. */
  static List<Long> greedy(ProblemBuilder problem, List<Long> arm, int count) {
    Matrix a = before(problem);
    arm.forEach(pair -> add(problem, a, pair, v(problem, pair)));
    List<Long> free = candidates(problem);
    free.removeAll(arm);
    List<Long> picks = new ArrayList<>();
    while (picks.size() < count) {
      long best = best(problem, a, free);
      picks.add(best);
      free.remove(best);
      add(problem, a, best, v(problem, best));
    }
    return picks;
  }

  private static long best(ProblemBuilder problem, Matrix a, List<Long> free) {
    Cholesky factor = factor(a);
    long best = -1;
    double most = -1;
    for (long pair : free) {
      double score = v(problem, pair) * form(factor, x(problem, pair));
      if (score > most * (1 + 1e-10)) {
        best = pair;
        most = score;
      }
    }
    return best;
  }

  /** The mean of x xᵀ, or of v² x xᵀ, over in-prompt pairs, or over all where there are none. */
  static Matrix target(ProblemBuilder problem, boolean ofProbabilities) {
    int n = problem.features.rows();
    List<Long> inPrompt = new ArrayList<>();
    List<Long> all = new ArrayList<>();
    for (int a = 0; a < n; a++) {
      for (int b = a + 1; b < n; b++) {
        all.add(PairSet.pack(a, b));
        if (problem.prompts[a] == problem.prompts[b]) {
          inPrompt.add(PairSet.pack(a, b));
        }
      }
    }
    List<Long> pairs = inPrompt.isEmpty() ? all : inPrompt;
    int m = problem.features.columns();
    Matrix target = Matrix.zeros(m, m);
    for (long pair : pairs) {
      double v = ofProbabilities ? v(problem, pair) : 1;
      add(problem, target, pair, v * v / pairs.size());
    }
    return target;
  }

  /** The greedy picks by the fall of tr(T A⁻¹) after {@code arm}, solving for every pair anew. */
  static List<Long> greedyVariance(
      ProblemBuilder problem, Matrix target, List<Long> arm, int count) {
    Matrix a = before(problem);
    arm.forEach(pair -> add(problem, a, pair, v(problem, pair)));
    double[] rewards = problem.rewards();
    List<Long> free = candidates(problem);
    free.removeAll(arm);
    List<Long> picks = new ArrayList<>();
    while (picks.size() < count) {
      Cholesky factor = factor(a);
      long best = -1;
      double most = -1;
      for (long pair : free) {
        double[] x = x(problem, pair);
        double[] solved = factor.solve(x);
        double[] product = ProblemBuilder.LINEAR_ALGEBRA.multiply(target, solved);
        double v = v(rewards, pair);
        double gain = v * dot(solved, product) / (1 + v * dot(x, solved));
        if (gain > most * (1 + 1e-10)) {
          best = pair;
          most = gain;
        }
      }
      picks.add(best);
      free.remove(best);
      add(problem, a, best, v(rewards, best));
    }
    return picks;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum = Math.fma(x[i], y[i], sum);
    }
    return sum;
  }
}
