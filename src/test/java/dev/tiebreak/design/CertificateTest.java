package dev.tiebreak.design;

import static dev.tiebreak.design.ProblemBuilder.LINEAR_ALGEBRA;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.linalg.Matrix;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NullMarked
final class CertificateTest {

  @ParameterizedTest
  @EnumSource(Pairing.class)
  void boundsTheBestOfAllBatches(Pairing pairing) {
    for (int seed = 0; seed < 8; seed++) {
      ProblemBuilder problem =
          ProblemBuilder.random(9, 3, 4, seed)
              .pairing(pairing)
              .pending(0, 1, 2, 8)
              .excluded(0, 1, 2, 8)
              .batchSize(4)
              .randomShare(seed % 2 == 0 ? 0 : 0.25)
              .seed(seed);
      Selection selection = problem.select();
      double best = best(problem, selection);
      double gain = gainOfTheDesign(selection);
      double last = Double.POSITIVE_INFINITY;
      for (int steps : new int[] {0, 1, 5, 40}) {
        Certificate certificate = certify(problem, selection, steps);
        assertThat(certificate.gain()).isCloseTo(gain, within(1e-10));
        assertThat(certificate.bound()).isBetween(best, last);
        assertThat(certificate.share()).isBetween(0.63, 1.0);
        last = certificate.bound();
      }
      assertThat(last).isLessThan(1.1 * best);
    }
  }

  @Test
  void boundsWhatOtherStrategiesGain() {
    ProblemBuilder problem = ProblemBuilder.random(80, 6, 8, 3).batchSize(40);
    double bound = certify(problem, problem.select(), 30).bound();
    for (Strategy strategy : Strategy.values()) {
      Selection other = problem.strategy(strategy).select();
      assertThat(other.diagnostics().predictedGain()).isLessThanOrEqualTo(bound);
      assertThat(certify(problem, other, 30).bound()).isCloseTo(bound, within(0.02 * bound));
    }
    problem.strategy(Strategy.GREEDY_D_OPTIMAL);
    assertThat(certify(problem, problem.select(), 30).share()).isGreaterThan(0.97);
  }

  @Test
  void isCertainWhereThereIsNoChoice() {
    ProblemBuilder all = ProblemBuilder.random(7, 3, 7, 3).batchSize(100);
    assertThat(certify(all, all.select(), 5).share()).isCloseTo(1, within(1e-9));
    ProblemBuilder none = ProblemBuilder.random(7, 3, 7, 3).batchSize(0);
    assertThat(certify(none, none.select(), 5)).isEqualTo(new Certificate(0, 0));
    var empty = new ProblemBuilder(Matrix.zeros(6, 0), new int[6], new double[0], 2);
    assertThat(certify(empty, empty.select(), 5).share()).isEqualTo(1);
    var equal = new ProblemBuilder(Matrix.zeros(6, 2), new int[6], new double[2], 2);
    assertThat(certify(equal, equal.select(), 5).gain()).isZero();
    assertThat(certify(equal, equal.select(), 5).bound()).isCloseTo(0, within(1e-9));
  }

  @Test
  void isUnknownWhereTheInformationIsNotPositiveDefinite() {
    ProblemBuilder problem = ProblemBuilder.random(7, 3, 7, 3);
    problem.information = Matrix.zeros(3, 3);
    assertThat(Design.certify(problem.build(), problem.select(), 5, () -> true, LINEAR_ALGEBRA))
        .isNull();
    assertThatThrownBy(
            () -> Design.certify(problem.build(), problem.select(), -1, () -> true, LINEAR_ALGEBRA))
        .hasMessage("steps -1 < 0");
  }

  @Test
  void stopsWhenToldToWithTheBoundSoFar() {
    ProblemBuilder problem = ProblemBuilder.random(80, 6, 8, 3).batchSize(40);
    Selection selection = problem.select();
    AtomicInteger asked = new AtomicInteger();
    BooleanSupplier twice = () -> asked.incrementAndGet() < 3;
    assertThat(Design.certify(problem.build(), selection, 30, twice, LINEAR_ALGEBRA))
        .isEqualTo(certify(problem, selection, 2));
    assertThat(asked).hasValue(3);
  }

  private static Certificate certify(ProblemBuilder problem, Selection selection, int steps) {
    return requireNonNull(
        Design.certify(problem.build(), selection, steps, () -> true, LINEAR_ALGEBRA));
  }

  private static double gainOfTheDesign(Selection selection) {
    return selection.pairs().stream()
        .filter(pair -> pair.arm() == Arm.DESIGN)
        .mapToDouble(SelectedPair::gain)
        .sum();
  }

  /** The greatest gain of as many candidates outside the random arm as the design has. */
  private static double best(ProblemBuilder problem, Selection selection) {
    Matrix a = BruteForce.before(problem);
    List<Long> free = BruteForce.candidates(problem);
    int count = 0;
    for (SelectedPair pair : selection.pairs()) {
      long packed = PairSet.pack(pair.a(), pair.b());
      if (pair.arm() == Arm.RANDOM) {
        BruteForce.add(problem, a, packed, BruteForce.v(problem, packed));
        free.remove(packed);
      } else {
        count++;
      }
    }
    return best(problem, a, free, 0, count) - BruteForce.logDeterminant(a);
  }

  private static double best(
      ProblemBuilder problem, Matrix a, List<Long> free, int from, int count) {
    if (count == 0) {
      return BruteForce.logDeterminant(a);
    }
    double best = Double.NEGATIVE_INFINITY;
    for (int i = from; i <= free.size() - count; i++) {
      Matrix with = a.copy();
      BruteForce.add(problem, with, free.get(i), BruteForce.v(problem, free.get(i)));
      best = Math.max(best, best(problem, with, free, i + 1, count - 1));
    }
    return best;
  }
}
