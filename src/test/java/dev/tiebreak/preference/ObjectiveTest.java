package dev.tiebreak.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ObjectiveTest {

  private static final double STEP = 1e-5;

  private final LinearAlgebra algebra = TestAlgebra.open();
  private final RandomProblem problem = RandomProblem.of(40, 4, 6, 70, 1, 8);
  private final Objective objective = objective(problem);
  private final double[] u = new Random(9).doubles(6, -1, 1).toArray();

  @Test
  void gradientIsTheCentralDifferenceOfTheObjective() {
    double[] gradient = objective.at(u).gradient();
    for (int j = 0; j < 6; j++) {
      double slope =
          (objective.at(moved(j, STEP)).loss() - objective.at(moved(j, -STEP)).loss()) / (2 * STEP);
      assertThat(gradient[j]).isCloseTo(slope, within(1e-7));
    }
  }

  @Test
  void informationIsTheCentralDifferenceOfTheGradient() {
    Matrix information = objective.information(objective.at(u));
    for (int j = 0; j < 6; j++) {
      double[] above = objective.at(moved(j, STEP)).gradient();
      double[] below = objective.at(moved(j, -STEP)).gradient();
      for (int i = 0; i < 6; i++) {
        double slope = (above[i] - below[i]) / (2 * STEP);
        assertThat(information.get(i, j)).isCloseTo(slope, within(1e-7));
      }
    }
  }

  @Test
  void alongALineItIsTheObjectiveAndItsSlope() {
    double[] p = new Random(10).doubles(6, -1, 1).toArray();
    double[] dt = objective.x().logits(p);
    Objective.Point from = objective.at(u);
    double[] to = u.clone();
    for (int j = 0; j < 6; j++) {
      to[j] += 0.7 * p[j];
    }
    Objective.OnLine at = objective.along(from, p, dt, 0.7);
    assertThat(at.loss()).isCloseTo(objective.at(to).loss(), within(1e-12));
    assertThat(at.slope()).isCloseTo(Objective.dot(objective.at(to).gradient(), p), within(1e-12));
  }

  @Test
  void theLogLikelihoodIsTheSumOverVerdictsAtAnyLogit() {
    Judgements judgements = problem.judgements();
    for (double scale : new double[] {1, 800}) {
      double[] w = new double[6];
      double expected = 0;
      for (int j = 0; j < 6; j++) {
        w[j] = scale * u[j];
      }
      for (int i = 0; i < judgements.size(); i++) {
        double t = 0;
        for (int j = 0; j < 6; j++) {
          t +=
              w[j]
                  * ((double) problem.embeddings().get(judgements.a()[i], j)
                      - problem.embeddings().get(judgements.b()[i], j));
        }
        double y = judgements.y()[i];
        expected += y * logSigmoid(t) + (1 - y) * logSigmoid(-t);
      }
      assertThat(objective.logLikelihood(objective.x().logits(w)))
          .isCloseTo(expected, within(1e-12 * -expected));
    }
  }

  private double[] moved(int j, double by) {
    double[] moved = u.clone();
    moved[j] += by;
    return moved;
  }

  private Objective objective(RandomProblem of) {
    PairCounts pairs = PairCounts.of(of.judgements(), of.embeddings().rows());
    FeatureMap map = FeatureMap.isotropic(of.embeddings().columns(), algebra);
    return new Objective(Differences.of(of.embeddings(), pairs, map, algebra), pairs, 0.3);
  }

  private static double logSigmoid(double t) {
    return Math.min(t, 0) - Math.log1p(Math.exp(-Math.abs(t)));
  }
}
