package dev.tiebreak.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.design.Design;
import dev.tiebreak.design.DesignProblem;
import dev.tiebreak.design.PairSet;
import dev.tiebreak.design.Pairing;
import dev.tiebreak.design.Pairs;
import dev.tiebreak.design.SelectedPair;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.preference.EmbeddingSpectrum;
import dev.tiebreak.preference.Fit;
import dev.tiebreak.preference.Judgements;
import dev.tiebreak.preference.LastLayer;
import dev.tiebreak.preference.Logistic;
import dev.tiebreak.preference.Prior;
import dev.tiebreak.preference.PriorSpecification;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForecasterTest {

  private static final LinearAlgebra ALGEBRA = TestAlgebra.open();

  private final Forecaster forecaster = new Forecaster(ALGEBRA);

  private record Problem(Fit fit, DesignProblem design, List<SelectedPair> batch) {}

  /** Responses of one prompt with these embeddings, judged so; a batch of some pairs. */
  private static Problem problem(FloatMatrix embeddings, Judgements judged, int batchSize) {
    int[] prompts = new int[embeddings.rows()];
    EmbeddingSpectrum spectrum = EmbeddingSpectrum.of(embeddings, prompts, ALGEBRA);
    Fit fit =
        new LastLayer(ALGEBRA)
            .fit(
                embeddings,
                spectrum,
                judged,
                new PriorSpecification(Prior.ISOTROPIC, 0.5, null),
                null);
    DesignProblem design =
        new DesignProblem(
            fit.map().apply(embeddings),
            embeddings,
            prompts,
            fit.coefficients(),
            fit.information(),
            judged,
            Pairs.none(),
            PairSet.none(),
            Pairing.IN_PROMPT,
            Strategy.GREEDY_D_OPTIMAL,
            batchSize,
            0,
            null,
            11,
            null);
    return new Problem(fit, design, Design.select(design, ALGEBRA).pairs());
  }

  private static Judgements judged(int... winnersAndLosers) {
    int n = winnersAndLosers.length / 2;
    int[] a = new int[n];
    int[] b = new int[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      a[i] = winnersAndLosers[2 * i];
      b[i] = winnersAndLosers[2 * i + 1];
      y[i] = 1;
    }
    return new Judgements(a, b, y);
  }

  private @Nullable Forecast forecast(Problem problem, boolean more) {
    return forecaster.forecast(problem.fit(), problem.design(), problem.batch(), 1, more);
  }

  /** The mean of f(x, y) over independent standard normal numbers, by a fine grid. */
  private static double normalMean(DoubleBinaryOperator f) {
    double sum = 0;
    double weights = 0;
    for (int i = -400; i <= 400; i++) {
      for (int j = -400; j <= 400; j++) {
        double x = i * 0.02;
        double y = j * 0.02;
        double weight = Math.exp(-0.5 * (x * x + y * y));
        sum += weight * f.applyAsDouble(x, y);
        weights += weight;
      }
    }
    return sum / weights;
  }

  /**
   * One feature and one pair, so that the definition can be integrated: belief after the verdicts
   * is N(μ, s² − s′²), truth given it N(belief, s′²).
   */
  @Test
  void agreesWithTheDefinitionIntegrated() {
    Problem problem = problem(FloatMatrix.of(2, 1, 1.5f, 0), judged(0, 1, 0, 1, 1, 0), 1);

    Forecast forecast = Objects.requireNonNull(forecast(problem, true));

    double x = 1.5;
    double mean = problem.fit().coefficients()[0] * x;
    double information = problem.fit().information().get(0, 0);
    double p = Logistic.sigmoid(mean);
    double before = x * x / information;
    double after = x * x / (information + 100 * p * (1 - p) * x * x);
    double moved = Math.sqrt(before - after);
    double rest = Math.sqrt(after);
    DoubleBinaryOperator right =
        (a, b) -> {
          double belief = mean + moved * a;
          return Logistic.sigmoid(Math.signum(belief) * (belief + rest * b));
        };
    double now = normalMean((a, b) -> Logistic.sigmoid(mean + moved * a + rest * b));
    double gain = normalMean(right) - now;
    double loss =
        normalMean((a, b) -> {
          double truth = Logistic.sigmoid(mean + moved * a + rest * b);
          double belief = mean + moved * a;
          return truth * Logistic.softplus(-mean)
              + (1 - truth) * Logistic.softplus(mean)
              - truth * Logistic.softplus(-belief)
              - (1 - truth) * Logistic.softplus(belief);
        });
    assertThat(forecast.pairs()).isEqualTo(1);
    assertThat(forecast.verdicts()).isEqualTo(100);
    assertThat(forecast.variance()).isCloseTo(before, within(1e-12));
    assertThat(forecast.varianceAfter()).isCloseTo(after, within(1e-12));
    assertWithin(forecast.accuracyGain(), gain);
    assertWithin(forecast.logLossGain(), loss);
    assertThat(gain).isGreaterThan(0.02);
    assertThat(forecast.accuracy().value()).isCloseTo(now, within(0.03));
    double ceiling = normalMean((a, b) -> Logistic.sigmoid(Math.abs(mean + moved * a + rest * b)));
    assertThat(forecast.ceiling()).isCloseTo(ceiling, within(0.02));
  }

  /** Within 1.5 times its interval, which is to be narrow. */
  private static void assertWithin(Interval interval, double value) {
    assertThat(interval.covers(value, 1.5)).as(interval + " " + value).isTrue();
    assertThat(interval.lower()).isCloseTo(interval.value(), within(0.4 * interval.value()));
  }

  @Test
  void expectsLessTheMoreItKnows() {
    Random random = new Random(1);
    float[] values = new float[40 * 6];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    FloatMatrix embeddings = FloatMatrix.of(40, 6, values);
    int[] order = random.ints(2000, 0, 20).toArray();
    for (int i = 1; i < order.length; i += 2) {
      order[i] += 20;
    }

    Forecast early = Objects.requireNonNull(forecast(problem(embeddings, judged(), 20), true));
    Forecast late = Objects.requireNonNull(forecast(problem(embeddings, judged(order), 20), true));

    assertThat(early.accuracy().value()).isCloseTo(0.5, within(1e-12));
    assertThat(early.logLoss().value()).isCloseTo(Math.log(2), within(1e-12));
    assertThat(early.accuracyGain().above(0.05)).isTrue();
    assertThat(late.accuracyGain().below(0.01)).isTrue();
    assertThat(late.accuracyGain().value()).isGreaterThan(-0.001);
    assertThat(late.variance()).isLessThan(0.2 * early.variance());
    assertThat(late.ceiling()).isGreaterThan(late.accuracy().value());
    assertThat(early.realisedUpper()).isGreaterThan(early.accuracyGain().upper());
  }

  @Test
  void isTheSameForTheSameSeed() {
    Problem problem = problem(FloatMatrix.of(3, 1, 1, 0, 3), judged(0, 1), 2);

    assertThat(forecast(problem, true)).isEqualTo(forecast(problem, true));
  }

  /** Two verdicts are all that can be asked, or stand for a hundred. */
  @Test
  void countsWhatCanStillBeAsked() {
    Problem problem = problem(FloatMatrix.of(3, 1, 1, 0, 3), judged(0, 1), 2);

    Forecast last = Objects.requireNonNull(forecast(problem, false));
    Forecast more = Objects.requireNonNull(forecast(problem, true));

    assertThat(last.verdicts()).isEqualTo(2);
    assertThat(more.verdicts()).isEqualTo(100);
    assertThat(more.varianceAfter()).isLessThan(last.varianceAfter());
    assertThat(last.varianceAfter()).isLessThan(last.variance());
  }

  @Test
  void expectsNothingWhereNothingCanBeAsked() {
    Problem problem = problem(FloatMatrix.of(2, 1, 1, 0), judged(0, 1), 0);

    Forecast forecast = Objects.requireNonNull(forecast(problem, false));

    assertThat(forecast.verdicts()).isZero();
    assertThat(forecast.accuracyGain()).isEqualTo(new Interval(0, 0.0, 0.0));
    assertThat(forecast.varianceAfter()).isEqualTo(forecast.variance());
    assertThat(forecast.realisedUpper()).isNull();
  }

  @Test
  void saysNothingWhereThereIsNoPair() {
    assertThat(forecast(problem(FloatMatrix.of(1, 1, 1), Judgements.none(), 1), false)).isNull();
  }
}
