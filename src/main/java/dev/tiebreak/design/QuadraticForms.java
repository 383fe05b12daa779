package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Scores v xᵀA⁻¹x, or xᵀA⁻¹x, from rows ζ = L⁻¹z whitened once a response: xᵀA⁻¹x = ‖ζ_a − ζ_b‖².
 * The squares of a pair are summed in the order of the components on either path, so equal rows
 * have equal scores.
 *
 * <p>Cost: m multiply-adds a pair, and one exponential where ¼ xᵀA⁻¹x reaches the floor.
 */
final class QuadraticForms implements RowScorer {

  private final Matrix whitened;
  private final double @Nullable [] rewards;

  /** Component j of all rows; null where candidates are too scattered to gain by it. */
  private final double @Nullable [][] components;

  private final double[] forms;

  private QuadraticForms(
      Matrix whitened, double @Nullable [] rewards, double @Nullable [][] components) {
    this.whitened = whitened;
    this.rewards = rewards;
    this.components = components;
    this.forms = new double[components == null ? 0 : whitened.rows()];
  }

  /**
   * Makes scorers.
   *
   * @param rewards for weights v; null for weights of one
   */
  static Maker over(Matrix whitened, double @Nullable [] rewards, CandidateSet candidates) {
    double @Nullable [][] components = candidates.dense() ? transposed(whitened) : null;
    return () -> new QuadraticForms(whitened, rewards, components);
  }

  @Override
  public void score(int a, int[] partners, int count, double floor, double[] scores) {
    if (count == 0) {
      return;
    }
    int from = partners[0];
    int to = partners[count - 1] + 1;
    if (components != null && 2L * count >= to - from) {
      rangeForms(components, a, from, to);
      for (int i = 0; i < count; i++) {
        scores[i] = forms[partners[i]];
      }
    } else {
      listedForms(a, partners, count, scores);
    }
    if (rewards != null) {
      weigh(rewards, a, partners, count, floor, scores);
    }
  }

  private static void weigh(
      double[] rewards, int a, int[] partners, int count, double floor, double[] scores) {
    for (int i = 0; i < count; i++) {
      boolean hopeless = 0.25 * scores[i] < floor;
      double v = hopeless ? 0.25 : Logit.variance(rewards[a] - rewards[partners[i]]);
      scores[i] *= v;
    }
  }

  private void rangeForms(double[][] components, int a, int from, int to) {
    Arrays.fill(forms, from, to, 0);
    int m = components.length;
    int j = 0;
    for (; j + 4 <= m; j += 4) {
      addFour(components[j], components[j + 1], components[j + 2], components[j + 3], a, from, to);
    }
    for (; j < m; j++) {
      double[] component = components[j];
      double own = component[a];
      for (int b = from; b < to; b++) {
        double t = own - component[b];
        forms[b] = Math.fma(t, t, forms[b]);
      }
    }
  }

  private void addFour(
      double[] c0, double[] c1, double[] c2, double[] c3, int a, int from, int to) {
    double[] sums = forms;
    double own0 = c0[a];
    double own1 = c1[a];
    double own2 = c2[a];
    double own3 = c3[a];
    for (int b = from; b < to; b++) {
      double t0 = own0 - c0[b];
      double t1 = own1 - c1[b];
      double t2 = own2 - c2[b];
      double t3 = own3 - c3[b];
      sums[b] = Math.fma(t3, t3, Math.fma(t2, t2, Math.fma(t1, t1, Math.fma(t0, t0, sums[b]))));
    }
  }

  private void listedForms(int a, int[] partners, int count, double[] scores) {
    int m = whitened.columns();
    double[] values = whitened.values();
    int own = a * m;
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      int b0 = partners[i] * m;
      int b1 = partners[i + 1] * m;
      int b2 = partners[i + 2] * m;
      int b3 = partners[i + 3] * m;
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      for (int j = 0; j < m; j++) {
        double z = values[own + j];
        double t0 = z - values[b0 + j];
        double t1 = z - values[b1 + j];
        double t2 = z - values[b2 + j];
        double t3 = z - values[b3 + j];
        s0 = Math.fma(t0, t0, s0);
        s1 = Math.fma(t1, t1, s1);
        s2 = Math.fma(t2, t2, s2);
        s3 = Math.fma(t3, t3, s3);
      }
      scores[i] = s0;
      scores[i + 1] = s1;
      scores[i + 2] = s2;
      scores[i + 3] = s3;
    }
    for (; i < count; i++) {
      scores[i] = form(values, own, partners[i] * m, m);
    }
  }

  private static double form(double[] values, int a, int b, int m) {
    double sum = 0;
    for (int j = 0; j < m; j++) {
      double t = values[a + j] - values[b + j];
      sum = Math.fma(t, t, sum);
    }
    return sum;
  }

  private static double[][] transposed(Matrix rows) {
    double[][] columns = new double[rows.columns()][rows.rows()];
    for (int i = 0; i < rows.rows(); i++) {
      for (int j = 0; j < rows.columns(); j++) {
        columns[j][i] = rows.get(i, j);
      }
    }
    return columns;
  }
}
