package dev.tiebreak.preference;

import dev.tiebreak.preference.GridClimb.Position;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The grid of exponents a and precisions λ among which the greatest sum of Laplace evidence and log
 * hyperprior is looked for; a single point where nothing is left to AUTO.
 *
 * <p>The hyperprior is flat but under {@link Prior#HIERARCHICAL}, where a ~ N(3, 1) and ln λ ~ N(0,
 * 1), each where it is AUTO: 1/λ is the mean prior variance of a reward difference, so that a
 * difference of one logit (a preference of 73 %) is the usual one, and e times as much still
 * likely.
 *
 * @param exponents a, ascending; one of no meaning under ISOTROPIC
 * @param scales S of each exponent, ascending exponents: the first has the most components; one
 *     that is empty where no features are scaled
 * @param lambdas ascending
 * @param exponentLogDensity log hyperprior of each exponent, nats, up to a constant
 * @param lambdaLogDensity log hyperprior of each λ, nats, up to a constant
 */
record HyperparameterGrid(
    List<Double> exponents,
    List<double[]> scales,
    double[] lambdas,
    double[] exponentLogDensity,
    double[] lambdaLogDensity) {

  private static final List<Double> SPECTRAL = List.of(0.0, 0.5, 1.0, 1.5, 2.0, 3.0);
  private static final List<Double> HIERARCHICAL = List.of(0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0);
  private static final double MEAN_EXPONENT = 3;
  private static final int PRECISIONS = 25;

  /**
   * The number of verdicts from which AUTO goes by the evidence alone where the hyperprior is flat.
   */
  private static final int LEAST_VERDICTS = 10;

  private static final double FIRST_EXPONENT = 1;
  private static final double FIRST_PRECISION = 0.25;

  /** What a prior leaves open, for so many verdicts. */
  static HyperparameterGrid of(PriorSpecification prior, EmbeddingSpectrum spectrum, int verdicts) {
    List<Double> exponents = exponents(prior, verdicts);
    double[] lambdas = precisions(prior, spectrum, verdicts);
    boolean flat = prior.prior() != Prior.HIERARCHICAL;
    return new HyperparameterGrid(
        exponents,
        prior.prior().isSpectral()
            ? exponents.stream().map(a -> FeatureMap.scales(spectrum.values(), a)).toList()
            : List.of(new double[0]),
        lambdas,
        exponents.stream().mapToDouble(a -> flat ? 0 : normal(a - MEAN_EXPONENT)).toArray(),
        IntStream.range(0, lambdas.length)
            .mapToDouble(j -> flat ? 0 : normal(Math.log(lambdas[j])))
            .toArray());
  }

  private static double normal(double x) {
    return -x * x / 2;
  }

  private static List<Double> exponents(PriorSpecification prior, int verdicts) {
    Double given = prior.exponent();
    if (given != null) {
      return List.of(given);
    }
    return switch (prior.prior()) {
      case ISOTROPIC -> List.of(0.0);
      case SPECTRAL -> verdicts < LEAST_VERDICTS ? List.of(FIRST_EXPONENT) : SPECTRAL;
      case HIERARCHICAL -> verdicts == 0 ? List.of(MEAN_EXPONENT) : HIERARCHICAL;
    };
  }

  private static double[] precisions(
      PriorSpecification prior, EmbeddingSpectrum spectrum, int verdicts) {
    Double given = prior.precision();
    if (given != null) {
      return new double[] {given};
    }
    double unit = prior.prior() == Prior.ISOTROPIC ? isotropicUnit(spectrum) : 1;
    return switch (prior.prior()) {
      case ISOTROPIC -> verdicts < LEAST_VERDICTS ? new double[] {unit} : around(unit);
      case SPECTRAL -> verdicts < LEAST_VERDICTS ? new double[] {FIRST_PRECISION} : around(unit);
      case HIERARCHICAL -> verdicts == 0 ? new double[] {unit} : around(unit);
    };
  }

  private static double[] around(double unit) {
    return IntStream.range(0, PRECISIONS)
        .mapToDouble(i -> unit * Math.pow(10, -3 + i / 4.0))
        .toArray();
  }

  /** λ₀. */
  private static double isotropicUnit(EmbeddingSpectrum spectrum) {
    double mean = spectrum.meanSquaredDifference();
    return mean > 0 ? mean / 4 : 1;
  }

  /** The number of grid points. */
  int size() {
    return scales.size() * lambdas.length;
  }

  double lambda(Position at) {
    return lambdas[at.lambda()];
  }

  /** S at a grid point. */
  double[] scales(Position at) {
    return scales.get(at.exponent());
  }

  /** S of one exponent over S of another before it, on the components of the former. */
  double[] ratios(int from, int to) {
    double[] ratios = scales.get(to).clone();
    for (int j = 0; j < ratios.length; j++) {
      ratios[j] /= scales.get(from)[j];
    }
    return ratios;
  }

  /** The log hyperprior, nats, up to a constant. */
  double logDensity(Position at) {
    return exponentLogDensity[at.exponent()] + lambdaLogDensity[at.lambda()];
  }

  /** The λ at which a search begins, at the first exponent. */
  double firstLambda() {
    return lambdas[lambdas.length / 2];
  }
}
