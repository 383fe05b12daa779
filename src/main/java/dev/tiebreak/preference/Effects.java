package dev.tiebreak.preference;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a fit found of prompts, annotators and ties. Arrays and matrices are shared, not to be
 * changed.
 *
 * @param model with the deviations that were given or chosen
 * @param prompts the prompts that have an effect, ascending, P
 * @param promptEffects b, P, logits
 * @param promptCovariance K, P × P: of b where u is known
 * @param promptCoupling B = (H_φφ⁻¹ H_φu) of the prompts, P × m: what a prompt's effect loses where
 *     u gains
 * @param annotators the annotators that have an effect, ascending, A
 * @param temperatures s, A: below 1 they answer as if rewards were nearer to each other
 * @param temperatureErrors standard deviations of s a posteriori, by that of log s
 * @param tieParameter ν; 0 where ties count as half wins
 * @param tieParameterError standard deviation of ν a posteriori, by that of log ν
 */
public record Effects(
    ComparisonModel model,
    int[] prompts,
    double[] promptEffects,
    Matrix promptCovariance,
    Matrix promptCoupling,
    int[] annotators,
    double[] temperatures,
    double[] temperatureErrors,
    double tieParameter,
    double tieParameterError) {

  /** Those where nothing has an effect yet: τ is that of any prompt. */
  static Effects none(ComparisonModel model, int components) {
    return new Effects(
        model,
        new int[0],
        new double[0],
        Matrix.zeros(0, 0),
        Matrix.zeros(0, components),
        new int[0],
        new double[0],
        new double[0],
        0,
        0);
  }

  /** Those at a mode. */
  static Effects of(
      ComparisonModel model, GroupedVerdicts verdicts, MixedMode found, LinearAlgebra algebra) {
    EffectLayout layout = found.layout();
    int size = layout.size();
    int m = found.mode().coefficients().length;
    Matrix covariance = Matrix.zeros(size, size);
    Matrix coupling = Matrix.zeros(size, m);
    double[] deviations = new double[size];
    if (found.eliminated() != null) {
      Matrix inverse =
          found.eliminated().effects().whiten(Matrix.scaledIdentity(size, 1)).transposed();
      double[] ones = new double[size];
      Arrays.fill(ones, 1);
      algebra.addWeightedGram(inverse, ones, covariance);
      coupling = algebra.multiply(covariance, found.eliminated().blocks().coupling());
      deviations = deviations(found, covariance, coupling);
    }
    int prompts = layout.prompts();
    int annotators = layout.annotators();
    double[] phi = found.effects();
    double[] temperatures = new double[annotators];
    double[] errors = new double[annotators];
    for (int j = 0; j < annotators; j++) {
      temperatures[j] = Math.exp(phi[prompts + j]);
      errors[j] = temperatures[j] * deviations[prompts + j];
    }
    double nu = layout.ties() ? Math.exp(phi[layout.tie()]) : 0;
    return new Effects(
        model,
        Arrays.copyOf(verdicts.prompts(), prompts),
        Arrays.copyOf(phi, prompts),
        corner(covariance, prompts, prompts),
        corner(coupling, prompts, m),
        Arrays.copyOf(verdicts.annotators(), annotators),
        temperatures,
        errors,
        nu,
        layout.ties() ? nu * deviations[layout.tie()] : 0);
  }

  /** √ of the diagonal of H_φφ⁻¹ + B S⁻¹ Bᵀ. */
  private static double[] deviations(MixedMode found, Matrix covariance, Matrix coupling) {
    Matrix whitened = found.mode().factor().whiten(coupling);
    double[] deviations = new double[covariance.rows()];
    for (int f = 0; f < deviations.length; f++) {
      double variance = covariance.get(f, f);
      for (int j = 0; j < whitened.columns(); j++) {
        variance = Math.fma(whitened.get(f, j), whitened.get(f, j), variance);
      }
      deviations[f] = Math.sqrt(variance);
    }
    return deviations;
  }

  private static Matrix corner(Matrix of, int rows, int columns) {
    Matrix corner = Matrix.zeros(rows, columns);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(of.values(), i * of.columns(), corner.values(), i * columns, columns);
    }
    return corner;
  }

  /** Whether no verdict has met an effect. */
  public boolean areNone() {
    return prompts.length == 0 && annotators.length == 0 && tieParameter == 0;
  }

  /** τ. */
  public double promptDeviation() {
    return known(model.promptDeviation());
  }

  /** ρ. */
  public double annotatorDeviation() {
    return known(model.annotatorDeviation());
  }

  private static double known(@Nullable Double deviation) {
    if (deviation == null) {
      throw new IllegalStateException("a fit left a deviation open");
    }
    return deviation;
  }

  /**
   * Where the effect of each row's prompt is.
   *
   * @param promptOf the prompt of each row, n
   * @return indices into {@link #prompts}, −1 where the prompt has none
   */
  public int[] effectOf(int[] promptOf) {
    return Arrays.stream(promptOf)
        .map(prompt -> Math.max(-1, Arrays.binarySearch(prompts, prompt)))
        .toArray();
  }

  /** b of each row's prompt, 0 where it has none. */
  public double[] offsets(int[] promptOf) {
    return Arrays.stream(effectOf(promptOf))
        .mapToDouble(p -> p < 0 ? 0 : promptEffects[p])
        .toArray();
  }

  /**
   * The features less what the prompts' effects take of them, ẑ_i = z_i − B_p: a verdict on (a, b)
   * adds v / (1 + v κ) x̂ x̂ᵀ, x̂ = ẑ_a − ẑ_b, to the marginal information of u.
   *
   * @param features n × m
   * @return a new matrix, n × m
   */
  public Matrix adjusted(Matrix features, int[] promptOf) {
    Matrix adjusted = features.copy();
    int m = features.columns();
    int[] effectOf = effectOf(promptOf);
    for (int i = 0; i < effectOf.length; i++) {
      for (int j = 0; j < m && effectOf[i] >= 0; j++) {
        adjusted.values()[i * m + j] -= promptCoupling.get(effectOf[i], j);
      }
    }
    return adjusted;
  }
}
