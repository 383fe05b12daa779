package dev.tiebreak.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Logistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NullMarked
final class BatchBaldTest {

  private static final int SAMPLES = 64;

  @ParameterizedTest
  @EnumSource(Pairing.class)
  void picksTheLargestJointInformationWhileItEnumerates(Pairing pairing) {
    for (int seed = 0; seed < 5; seed++) {
      ProblemBuilder problem =
          ProblemBuilder.random(12, 3, 4, seed)
              .pairing(pairing)
              .excluded(0, 1, 2, 9)
              .pending(0, 1)
              .seed(seed);
      problem.information = Matrix.scaledIdentity(3, 3);
      long[] picks = new BatchBald(SAMPLES, 100).choose(problem.state(), 5);

      // the same samples of w: the rule draws nothing before them
      List<Long> free = BruteForce.candidates(problem);
      DesignState state = problem.state();
      Information information = Information.of(problem.information, ProblemBuilder.LINEAR_ALGEBRA);
      Matrix whitened = information.whiten(state.centred());
      long[] pairs = free.stream().mapToLong(pair -> pair).toArray();
      Matrix probabilities = BatchBald.probabilities(state, whitened, pairs, SAMPLES);
      List<double[]> batch = new ArrayList<>();
      for (long pick : picks) {
        long best = -1;
        double most = -1;
        for (long pair : free) {
          double[] p = row(probabilities, Arrays.binarySearch(pairs, pair));
          double information1 = jointInformation(batch, p);
          if (information1 > most + 1e-10) {
            best = pair;
            most = information1;
          }
        }
        assertThat(pick).isEqualTo(best);
        free.remove(best);
        batch.add(row(probabilities, Arrays.binarySearch(pairs, best)));
      }
    }
  }

  @Test
  void addsUpToTheJointInformation() {
    Random random = new Random(3);
    JointLabels labels = labels(7, 1024);
    List<double[]> batch = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < 8; i++) {
      double[] p = random.doubles(7).toArray();
      sum += labels.gain(p);
      assertThat(sum).isCloseTo(jointInformation(batch, p), within(1e-12));
      labels.add(p);
      batch.add(p);
    }
    assertThat(sum).isLessThan(Math.log(7));
  }

  @Test
  void estimatesTheGainByDrawnConfigurations() {
    Random random = new Random(4);
    List<double[]> batch = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      batch.add(random.doubles(20).toArray());
    }
    double[] next = random.doubles(20).toArray();
    JointLabels all = labels(20, 64);
    JointLabels drawn = new JointLabels(20, 4, new Uniform(1), ProblemBuilder.LINEAR_ALGEBRA);
    batch.forEach(all::add);
    batch.forEach(drawn::add);
    double exact = all.gain(next);
    assertThat(exact)
        .isCloseTo(
            jointInformation(batch, next) - jointInformation(batch.subList(0, 5), batch.get(5)),
            within(1e-12));
    double mean = 0;
    for (int seed = 0; seed < 500; seed++) {
      JointLabels some = new JointLabels(20, 4, new Uniform(seed), ProblemBuilder.LINEAR_ALGEBRA);
      batch.forEach(some::add);
      mean += some.gain(next) / 500;
    }
    assertThat(mean).isCloseTo(exact, within(0.05 * exact));
  }

  @Test
  void holdsLabelsThatAreCertain() {
    JointLabels labels = labels(3, 4);
    for (int i = 0; i < 5; i++) {
      assertThat(labels.gain(new double[] {1, 1, 1})).isZero();
      labels.add(new double[] {1, 1, 1});
    }
    for (int i = 0; i < 5; i++) {
      labels.add(new double[] {0, 1, 0});
    }
    assertThat(labels.gain(new double[] {0, 1, 0})).isCloseTo(0, within(1e-12));
    assertThat(labels.gain(new double[] {0, 0, 1})).isPositive();
  }

  @Test
  void approximatesTheInformationOfALabel() {
    for (double s : new double[] {0, 0.01, 0.3, 1, 3, 5, 10}) {
      for (double delta : new double[] {0, 0.5, 2, 6, 30, 800}) {
        double expected = information(delta, s);
        assertThat(Bernoulli.information(delta, s * s))
            .as("Δ %s, s %s", delta, s)
            .isEqualTo(Bernoulli.information(-delta, s * s), within(1e-12))
            .isCloseTo(expected, within(s <= 3 ? 2e-3 : s <= 5 ? 0.02 : 0.1))
            .isLessThanOrEqualTo(s * s / 8);
        assertThat(expected).isLessThanOrEqualTo(s * s / 8 + 1e-12);
      }
    }
  }

  @Test
  void discountsWhatTheBatchHoldsBeyondWhatItsSamplesCanTell() {
    // twice every response: a batch of half the pairs should not ask anything twice
    ProblemBuilder once = ProblemBuilder.random(20, 6, 20, 5);
    double[] doubled = new double[40 * 6];
    for (int i = 0; i < 40; i++) {
      System.arraycopy(once.features.values(), i / 2 * 6, doubled, i * 6, 6);
    }
    var twice = new ProblemBuilder(new Matrix(40, 6, doubled), new int[40], once.coefficients, 0.5);
    double bald =
        twice.strategy(Strategy.BATCH_BALD).batchSize(60).select().diagnostics().predictedGain();
    double greedy =
        twice.strategy(Strategy.GREEDY_D_OPTIMAL).select().diagnostics().predictedGain();
    double random = twice.strategy(Strategy.RANDOM).select().diagnostics().predictedGain();
    assertThat(bald).isBetween(random, greedy);
    assertThat(bald).isGreaterThan(0.9 * greedy);
  }

  private static JointLabels labels(int samples, int most) {
    return new JointLabels(samples, most, new Uniform(1), ProblemBuilder.LINEAR_ALGEBRA);
  }

  private static double[] row(Matrix matrix, int i) {
    return Arrays.copyOfRange(matrix.values(), i * matrix.columns(), (i + 1) * matrix.columns());
  }

  /** H(y_1, …, y_b) − E_w Σ H(y_i | w), over all labels, w uniform on the samples. */
  private static double jointInformation(List<double[]> batch, double[] last) {
    List<double[]> all = new ArrayList<>(batch);
    all.add(last);
    int samples = last.length;
    double information = 0;
    for (int labels = 0; labels < 1 << all.size(); labels++) {
      double probability = 0;
      for (int s = 0; s < samples; s++) {
        double product = 1.0 / samples;
        for (int i = 0; i < all.size(); i++) {
          product *= (labels >> i & 1) == 1 ? all.get(i)[s] : 1 - all.get(i)[s];
        }
        probability += product;
      }
      information -= probability <= 0 ? 0 : probability * Math.log(probability);
    }
    for (double[] p : all) {
      for (double value : p) {
        information += plogp(value) / samples + plogp(1 - value) / samples;
      }
    }
    return information;
  }

  private static double plogp(double p) {
    return p <= 0 ? 0 : p * Math.log(p);
  }

  /** The information of a label and its logit by a fine rule over 8 standard deviations. */
  private static double information(double delta, double s) {
    double weights = 0;
    double p = 0;
    double conditional = 0;
    for (int i = -40_000; i <= 40_000; i++) {
      double t = i / 5000.0;
      double weight = Math.exp(-t * t / 2);
      double sigmoid = Logistic.sigmoid(delta + s * t);
      weights += weight;
      p += weight * sigmoid;
      conditional -= weight * (plogp(sigmoid) + plogp(1 - sigmoid));
    }
    double mean = p / weights;
    return -plogp(mean) - plogp(1 - mean) - conditional / weights;
  }
}
