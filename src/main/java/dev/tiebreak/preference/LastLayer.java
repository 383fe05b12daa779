package dev.tiebreak.preference;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import java.util.List;
import java.util.stream.IntStream;
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
 * H(u*) (MacKay, Neural Computation 4, 1992) over {@link #EXPONENTS} and 25 log-spaced λ from 10⁻³
 * to 10³ (ISOTROPIC: times λ₀), from 10 verdicts on; before that a = 1 and λ = ¼ (ISOTROPIC: λ₀).
 * λ₀ is a quarter of the mean of xᵀx over the in-prompt pairs, 1 where that mean is 0.
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

  /** The exponents among which AUTO chooses. */
  public static final List<Double> EXPONENTS = List.of(0.0, 0.5, 1.0, 1.5, 2.0, 3.0);

  /** The number of verdicts from which AUTO goes by the evidence. */
  public static final int LEAST_VERDICTS = 10;

  private static final double FIRST_EXPONENT = 1;
  private static final double FIRST_PRECISION = 0.25;
  private static final int PRECISIONS = 25;

  /** Dimensions per distinct pair from which the search in the row space is the cheaper one. */
  private static final int WIDE = 4;

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
    List<FeatureMap> maps = maps(prior, spectrum, judgements.size());
    double[] lambdas = precisions(prior, spectrum, judgements.size());
    PairCounts pairs = PairCounts.of(judgements, embeddings.rows());
    Differences differences = Differences.of(embeddings, pairs, maps.getFirst(), algebra);
    double[] start = warmStart == null ? null : maps.getFirst().toCoefficients(warmStart);
    Cholesky near =
        earlier == null || earlier.prior() != prior.prior()
            ? null
            : preconditioner(earlier, maps.getFirst(), EvidenceSearch.first(lambdas));
    EvidenceSearch.Candidate chosen =
        prior.prior() == Prior.ISOTROPIC
                && differences instanceof ListedDifferences listed
                && listed.x().rows() <= listed.x().columns() / WIDE
            ? searchRowSpace(listed, pairs, maps, lambdas, start)
            : new EvidenceSearch(pairs, maps, lambdas, differences, start, near, algebra)
                .greatest();
    int exponent = chosen.position().exponent();
    return Fit.of(
        prior.prior(),
        lambdas[chosen.position().lambda()],
        prior.prior() == Prior.ISOTROPIC ? null : exponents(prior, judgements.size()).get(exponent),
        maps.get(exponent),
        chosen.mode(),
        judgements.size());
  }

  /** The earlier information, moved to the scales and the λ of the first grid point, factored. */
  private @Nullable Cholesky preconditioner(Fit earlier, FeatureMap map, double lambda) {
    return earlier.components() < map.components() || earlier.jitter() > 0
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

  /** Far fewer verdicts than dimensions: only the last check is made in all dimensions. */
  private EvidenceSearch.Candidate searchRowSpace(
      ListedDifferences differences,
      PairCounts pairs,
      List<FeatureMap> maps,
      double[] lambdas,
      double @Nullable [] warmStart) {
    RowSpace space = RowSpace.of(differences.x(), algebra);
    Differences reduced = new ListedDifferences(space.features(), algebra);
    double[] start = warmStart == null ? null : algebra.multiply(space.basis(), warmStart);
    EvidenceSearch.Candidate found =
        new EvidenceSearch(pairs, maps, lambdas, reduced, start, null, algebra).greatest();
    Objective objective = new Objective(differences, pairs, lambdas[found.position().lambda()]);
    double[] u = algebra.multiplyTransposed(space.basis(), found.mode().coefficients());
    Mode mode = new ModeSearch(algebra).find(objective, u, null);
    return new EvidenceSearch.Candidate(found.position(), mode);
  }

  /** One map an exponent, ascending; the identity alone under ISOTROPIC. */
  List<FeatureMap> maps(PriorSpecification prior, EmbeddingSpectrum spectrum, int verdicts) {
    return switch (prior.prior()) {
      case ISOTROPIC -> List.of(FeatureMap.isotropic(spectrum.dimension(), algebra));
      case SPECTRAL ->
          exponents(prior, verdicts).stream()
              .map(a -> FeatureMap.spectral(spectrum, a, algebra))
              .toList();
    };
  }

  private static List<Double> exponents(PriorSpecification prior, int verdicts) {
    Double given = prior.exponent();
    if (given != null) {
      return List.of(given);
    }
    return verdicts < LEAST_VERDICTS ? List.of(FIRST_EXPONENT) : EXPONENTS;
  }

  /** The values of λ, ascending. */
  static double[] precisions(PriorSpecification prior, EmbeddingSpectrum spectrum, int verdicts) {
    Double given = prior.precision();
    if (given != null) {
      return new double[] {given};
    }
    double unit = prior.prior() == Prior.ISOTROPIC ? isotropicUnit(spectrum) : 1;
    if (verdicts < LEAST_VERDICTS) {
      return new double[] {prior.prior() == Prior.ISOTROPIC ? unit : FIRST_PRECISION};
    }
    return IntStream.range(0, PRECISIONS)
        .mapToDouble(i -> unit * Math.pow(10, -3 + i / 4.0))
        .toArray();
  }

  /** λ₀. */
  private static double isotropicUnit(EmbeddingSpectrum spectrum) {
    double mean = spectrum.meanSquaredDifference();
    return mean > 0 ? mean / 4 : 1;
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
