package dev.tiebreak.preference;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import org.jspecify.annotations.Nullable;

/**
 * The Bradley–Terry last layer of a reward model, fitted to comparisons of embeddings.
 *
 * <p>In the features z of the prior's {@link FeatureMap}, with x = z_a − z_b and t = uᵀx,
 *
 * <pre>{@code
 * L(u) = λ/2 ‖u‖² − Σ_verdicts [ y log σ(t) + (1 − y) log σ(−t) ]
 * H(u) = λ I + Σ_verdicts σ(t) (1 − σ(t)) x xᵀ
 * }</pre>
 *
 * <p>L is strictly convex, so the mode u* depends on the verdicts alone, not on their order, on the
 * side on which a response was shown or on the warm start. It is found by Newton's method with a
 * line search, to ‖H⁻¹∇L‖∞ ≤ 1e-9 (1 + ‖u‖∞).
 *
 * <p>What the prior leaves to AUTO maximises the Laplace evidence −L(u*) + ½ log det λI − ½ log det
 * H(u*) (MacKay, Neural Computation 4, 1992) over a ∈ {0, ½, 1, 1½, 2, 3} and 25 log-spaced λ from
 * 10⁻³ to 10³ (ISOTROPIC: times λ₀), from 10 verdicts on; before that a = 1 and λ = ¼ (ISOTROPIC:
 * λ₀). HIERARCHICAL adds its log hyperprior ({@link HyperparameterGrid}) to the evidence and has a
 * = 4 besides, from the first verdict on; before that a = 3 and λ = 1. λ₀ is a quarter of the mean
 * of xᵀx over the in-prompt pairs, 1 where that mean is 0.
 *
 * <p>Accuracy as tested: weights within 1e-9 of numpy's; log-likelihood, evidence and log det
 * within 1e-11 relative.
 *
 * <p>Cost of a factorisation of H: N m² / 2 + m³ / 6 multiply-adds, of which a fit takes 1 to 4 and
 * AUTO some more, most of them where verdicts are few; the rest of AUTO is some 70 grid points (12
 * under ISOTROPIC) of two Cholesky factorisations and a few gradients each, N m or r m. N is the
 * number of distinct pairs; where responses recur often (the graph form), twice the number of
 * responses. Memory: N m numbers, or 2 r m for r responses. Measured figures: docs/performance.md.
 *
 * <p>Stateless; safe to share among threads.
 */
public final class LastLayer {

  /** Components per distinct pair from which one mode is found faster by pairs. */
  private static final int WIDE = 4;

  /** Distinct pairs below which every grid point that is looked at is fitted. */
  private static final int FEW = 256;

  /** Numbers in X up to which the same holds. */
  private static final int SMALL = FEW * FEW;

  /** Distinct pairs up to which an N × N matrix may be made. */
  private static final int MOST_DUAL = 4096;

  private final LinearAlgebra algebra;

  /** A fit by these kernels. */
  public LastLayer(LinearAlgebra algebra) {
    this.algebra = algebra;
  }

  /**
   * Fits. A search that rounding ends before the tolerance is met is told by {@link Fit#converged}.
   *
   * @param embeddings n × d, finite
   * @param spectrum of the stored responses, d
   * @param judgements N verdicts on rows of {@code embeddings}
   * @param warmStart weights w of an earlier fit, d numbers, or null; saves time, changes nothing
   * @throws IllegalArgumentException if shapes don't match, a verdict names no row or has no target
   *     of 0 to 1, or an embedding is not finite
   */
  public Fit fit(
      FloatMatrix embeddings,
      EmbeddingSpectrum spectrum,
      Judgements judgements,
      PriorSpecification prior,
      double @Nullable [] warmStart) {
    return fit(embeddings, spectrum, judgements, prior, warmStart, null);
  }

  /**
   * Fits again after more verdicts, as {@link #fit} from the weights of an earlier fit, with its
   * information as the preconditioner: what it saves is a factorisation or two, and it changes
   * nothing. It is of use where the embeddings are the same and, under AUTO, so is the exponent.
   *
   * @param earlier of embeddings of the same dimension
   */
  public Fit refit(
      FloatMatrix embeddings,
      EmbeddingSpectrum spectrum,
      Judgements judgements,
      PriorSpecification prior,
      Fit earlier) {
    return fit(embeddings, spectrum, judgements, prior, earlier.weights(), earlier);
  }

  private Fit fit(
      FloatMatrix embeddings,
      EmbeddingSpectrum spectrum,
      Judgements judgements,
      PriorSpecification prior,
      double @Nullable [] warmStart,
      @Nullable Fit earlier) {
    requireDimension(embeddings, spectrum.dimension(), "a spectrum");
    if (warmStart != null) {
      requireDimension(embeddings, warmStart.length, "a warm start");
    }
    HyperparameterGrid grid = HyperparameterGrid.of(prior, spectrum, judgements.size());
    PairCounts pairs = PairCounts.of(judgements, embeddings.rows());
    FeatureMap widest = map(prior, spectrum, grid.scales().getFirst());
    Differences differences = Differences.of(embeddings, pairs, widest, algebra);
    double[] start = warmStart == null ? null : widest.toCoefficients(warmStart);
    EvidenceSearch.Candidate chosen =
        few(pairs.size(), differences.columns(), grid.size())
            ? new ExactSearch(pairs, grid, differences, start, algebra).greatest()
            : new EvidenceSearch(
                    pairs,
                    grid,
                    differences,
                    start,
                    preconditioner(earlier, prior, widest, grid.firstLambda()),
                    algebra)
                .coarseToFine();
    int exponent = chosen.position().exponent();
    return Fit.of(
        prior.prior(),
        grid.lambda(chosen.position()),
        prior.prior().isSpectral() ? grid.exponents().get(exponent) : null,
        exponent == 0 ? widest : map(prior, spectrum, grid.scales(chosen.position())),
        chosen.mode(),
        judgements.size());
  }

  private static boolean few(int pairs, int components, int points) {
    return points == 1
        ? pairs <= components / WIDE
        : pairs < FEW
            || (long) pairs * components <= SMALL
            || pairs <= Math.min(MOST_DUAL, components / 2);
  }

  /** The earlier information, moved to the scales and the λ of the first grid point, factored. */
  private @Nullable Cholesky preconditioner(
      @Nullable Fit earlier, PriorSpecification prior, FeatureMap map, double lambda) {
    return earlier == null
            || earlier.prior().isSpectral() != prior.prior().isSpectral()
            || earlier.components() < map.components()
            || earlier.jitter() > 0
        ? null
        : algebra.cholesky(
            Reference.moved(
                earlier.information(),
                earlier.priorPrecision(),
                earlier.map().scales(),
                1,
                map.scales(),
                lambda));
  }

  private FeatureMap map(PriorSpecification prior, EmbeddingSpectrum spectrum, double[] scales) {
    return switch (prior.prior()) {
      case ISOTROPIC -> FeatureMap.isotropic(spectrum.dimension(), algebra);
      case SPECTRAL, HIERARCHICAL -> FeatureMap.spectral(spectrum, scales, algebra);
    };
  }

  private static void requireDimension(FloatMatrix embeddings, int dimension, String what) {
    if (embeddings.columns() != dimension) {
      throw new IllegalArgumentException(
          what
              + " of dimension "
              + dimension
              + " for embeddings of "
              + embeddings.rows()
              + " × "
              + embeddings.columns());
    }
  }
}
