package dev.tiebreak.design;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the model is going to be used for, T, m × m: the mean of ω x xᵀ over all in-prompt pairs of
 * the stored responses, each pair counting the same; over all pairs where no prompt has two
 * responses; 0 where there is no pair. Neither pairing nor verdicts nor exclusions play a part.
 *
 * <p>tr(T A⁻¹) is then the mean of ω xᵀA⁻¹x over those pairs. No pair is stored, and no outer
 * product is formed for one: Σ ω (z_a − z_b)(z_a − z_b)ᵀ = Zᵀ Lap(ω) Z.
 */
final class PredictionTarget {

  /** Rows of weights that are multiplied together. */
  private static final int BLOCK = 128;

  /** Rows of small prompts that are gathered before a product of m × m numbers is made. */
  private static final int GATHERED = 1024;

  private final LinearAlgebra linearAlgebra;
  private final Matrix features;
  private final FisherWeights fisher;
  private final List<int[]> groups;
  private final Matrix sum;

  /** Columns of z and rows of (D − Ω) z that are not yet multiplied. */
  private final Matrix left;

  private final Matrix right;
  private int gathered;

  private PredictionTarget(DesignState state) {
    this.linearAlgebra = state.linearAlgebra();
    this.features = state.problem().features();
    this.fisher = state.weights();
    this.groups = groups(state.problem().prompts());
    int m = features.columns();
    this.sum = Matrix.zeros(m, m);
    this.left = Matrix.zeros(m, GATHERED);
    this.right = Matrix.zeros(GATHERED, m);
  }

  /**
   * T with ω = 1: tr(T A⁻¹) is the mean posterior variance of a reward difference.
   *
   * <p>Cost: n m² multiply-adds.
   */
  static Matrix ofDifferences(DesignState state) {
    PredictionTarget target = new PredictionTarget(state);
    for (int[] rows : target.groups) {
      Matrix z = target.centred(rows);
      double[] product = new double[z.columns()];
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < product.length; j++) {
          product[j] = rows.length * z.get(i, j); // Σ_b (z_a − z_b) = g z_a, as Σ z = 0
        }
        target.gather(z, i, product, 0);
      }
    }
    return target.mean();
  }

  /**
   * T with ω = v²: tr(T A⁻¹) is, to first order, the mean posterior variance of a preference's
   * probability, as dp/dr = v.
   *
   * <p>Cost: 2 m multiply-adds and two exponentials for each pair, n m² beside; memory O(g m), g
   * the responses of the largest prompt.
   */
  static Matrix ofProbabilities(DesignState state) {
    PredictionTarget target = new PredictionTarget(state);
    for (int[] rows : target.groups) {
      Matrix z = target.centred(rows);
      for (int first = 0; first < rows.length; first += BLOCK) {
        target.addProbabilities(rows, z, first, Math.min(BLOCK, rows.length - first));
      }
    }
    return target.mean();
  }

  /** Adds the rows from {@code first} on of Zᵀ(DZ − ΩZ). */
  private void addProbabilities(int[] rows, Matrix z, int first, int count) {
    int m = z.columns();
    Matrix weights = Matrix.zeros(count, rows.length);
    double[] degrees = weigh(rows, first, weights);
    Matrix product = linearAlgebra.multiply(weights, z);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < m; j++) {
        int place = i * m + j;
        product.values()[place] = degrees[i] * z.get(first + i, j) - product.values()[place];
      }
      gather(z, first + i, product.values(), i * m);
    }
  }

  private void gather(Matrix z, int row, double[] product, int offset) {
    int m = z.columns();
    for (int j = 0; j < m; j++) {
      left.values()[j * GATHERED + gathered] = z.get(row, j);
    }
    System.arraycopy(product, offset, right.values(), gathered * m, m);
    if (++gathered == GATHERED) {
      multiplyGathered();
    }
  }

  private void multiplyGathered() {
    Arrays.fill(right.values(), gathered * right.columns(), right.values().length, 0);
    double[] part = linearAlgebra.multiply(left, right).values();
    for (int i = 0; i < part.length; i++) {
      sum.values()[i] += part[i];
    }
    gathered = 0;
  }

  /** The sum over the number of pairs, exactly symmetric. */
  private Matrix mean() {
    multiplyGathered();
    int m = sum.rows();
    double pairs = groups.stream().mapToDouble(rows -> 0.5 * rows.length * (rows.length - 1)).sum();
    for (int i = 0; i < m && pairs > 0; i++) {
      for (int j = 0; j <= i; j++) {
        double mean = (sum.get(i, j) + sum.get(j, i)) / (2 * pairs);
        sum.values()[i * m + j] = mean;
        sum.values()[j * m + i] = mean;
      }
    }
    return sum;
  }

  /** v² of the rows from {@code first} on with all rows of the group; the sum of each row. */
  private double[] weigh(int[] rows, int first, Matrix weights) {
    double[] degrees = new double[weights.rows()];
    for (int i = 0; i < degrees.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        if (first + i != j) {
          double v = fisher.of(rows[first + i], rows[j]);
          weights.values()[i * rows.length + j] = v * v;
          degrees[i] += v * v;
        }
      }
    }
    return degrees;
  }

  /** The features of a group's rows less their mean; exactly 0 where the rows are equal. */
  private Matrix centred(int[] rows) {
    int m = features.columns();
    Matrix centred = Matrix.zeros(rows.length, m);
    double[] mean = new double[m];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < m; j++) {
        double value = features.get(rows[i], j) - features.get(rows[0], j);
        centred.values()[i * m + j] = value;
        mean[j] += value / rows.length;
      }
    }
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < m; j++) {
        centred.values()[i * m + j] -= mean[j];
      }
    }
    return centred;
  }

  private static List<int[]> groups(int[] prompts) {
    List<int[]> groups = new ArrayList<>();
    new PromptGroups(prompts)
        .forEachGroup(rows -> {
          if (rows.length > 1) {
            groups.add(rows);
          }
        });
    if (groups.isEmpty() && prompts.length > 1) {
      new PromptGroups(new int[prompts.length]).forEachGroup(groups::add);
    }
    return groups;
  }
}
