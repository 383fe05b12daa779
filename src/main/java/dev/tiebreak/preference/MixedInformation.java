package dev.tiebreak.preference;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A curvature of {@link MixedObjective}, in blocks.
 *
 * @param coefficients H_uu, m × m
 * @param coupling H_φu, F × m
 * @param effects H_φφ, F × F
 */
record MixedInformation(Matrix coefficients, Matrix coupling, Matrix effects) {

  /**
   * The effects eliminated: S = H_uu − H_uφ H_φφ⁻¹ H_φu, the marginal information of u.
   *
   * <p>Cost: F³ / 6 + m F² / 2 + m² F / 2 + m³ / 6 multiply-adds; nothing of (m + F)² is made.
   */
  record Eliminated(MixedInformation blocks, Cholesky effects, FactoredInformation marginal) {

    double logDeterminant() {
      return effects.logDeterminant() + marginal.factor().logDeterminant();
    }

    /** The Newton step −H⁻¹∇L. */
    Step step(double[] gradient, double[] effectGradient, LinearAlgebra algebra) {
      double[] alone = effects.solve(effectGradient);
      double[] right = algebra.multiplyTransposed(blocks.coupling, alone);
      for (int j = 0; j < right.length; j++) {
        right[j] -= gradient[j];
      }
      double[] u = marginal.factor().solve(right);
      double[] phi = effects.solve(algebra.multiply(blocks.coupling, u));
      for (int f = 0; f < phi.length; f++) {
        phi[f] = -phi[f] - alone[f];
      }
      return new Step(u, phi);
    }
  }

  /** A step in u and φ. */
  record Step(double[] u, double[] phi) {}

  /** Eliminates the effects; null where the curvature is not positive definite. */
  @Nullable Eliminated eliminate(LinearAlgebra algebra, boolean hessian) {
    Cholesky factor = algebra.cholesky(effects);
    if (factor == null) {
      if (hessian) {
        return null;
      }
      throw new IllegalArgumentException("the embeddings are not finite");
    }
    Matrix marginal = coefficients.copy();
    Matrix whitened = factor.whiten(coupling.transposed()).transposed();
    double[] minus = new double[whitened.rows()];
    Arrays.fill(minus, -1);
    algebra.addWeightedGram(whitened, minus, marginal);
    if (hessian) {
      Cholesky definite = algebra.cholesky(marginal);
      return definite == null
          ? null
          : new Eliminated(this, factor, new FactoredInformation(marginal, definite, 0));
    }
    return new Eliminated(this, factor, FactoredInformation.of(marginal, algebra));
  }
}
