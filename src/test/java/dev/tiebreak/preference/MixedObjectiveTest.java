package dev.tiebreak.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.MixedObjective.Point;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MixedObjectiveTest {

  private static final double STEP = 1e-5;
  private static final int COMPONENTS = 5;

  private final LinearAlgebra algebra = TestAlgebra.open();
  private final MixedProblem problem =
      MixedProblem.of(
          new MixedProblem.Truth(40, 4, COMPONENTS, 1, 1, new double[] {0.3, 1, 2}, 0.7), 90, 8);

  @ParameterizedTest
  @EnumSource(TieModel.class)
  void gradientIsTheCentralDifferenceOfTheObjective(TieModel ties) {
    MixedObjective objective = objective(ties);
    double[] at = somewhere(objective);
    double[] gradient = gradient(objective, at);
    for (int j = 0; j < at.length; j++) {
      double slope =
          (point(objective, moved(at, j, STEP)).loss()
                  - point(objective, moved(at, j, -STEP)).loss())
              / (2 * STEP);
      assertThat(gradient[j]).isCloseTo(slope, within(1e-7));
    }
  }

  @ParameterizedTest
  @EnumSource(TieModel.class)
  void hessianIsTheCentralDifferenceOfTheGradient(TieModel ties) {
    MixedObjective objective = objective(ties);
    double[] at = somewhere(objective);
    Matrix hessian = whole(objective.information(point(objective, at), true));
    for (int j = 0; j < at.length; j++) {
      double[] above = gradient(objective, moved(at, j, STEP));
      double[] below = gradient(objective, moved(at, j, -STEP));
      for (int i = 0; i < at.length; i++) {
        assertThat(hessian.get(i, j)).isCloseTo((above[i] - below[i]) / (2 * STEP), within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TieModel.class)
  void informationIsTheHessianExpectedUnderTheModel(TieModel ties) {
    MixedObjective observed = objective(ties);
    double[] at = somewhere(observed);
    Point point = point(observed, at);
    GroupedVerdicts verdicts = observed.verdicts();
    double nu = ties == TieModel.DAVIDSON ? Math.exp(at[at.length - 1]) : 0;
    double[] wins = new double[verdicts.size()];
    double[] losses = new double[verdicts.size()];
    double[] even = new double[verdicts.size()];
    for (int i = 0; i < verdicts.size(); i++) {
      double n = verdicts.wins()[i] + verdicts.losses()[i] + verdicts.ties()[i];
      double t = point.logits()[i];
      double z = Math.exp(t / 2) + Math.exp(-t / 2) + nu;
      wins[i] = n * Math.exp(t / 2) / z;
      losses[i] = n * Math.exp(-t / 2) / z;
      even[i] = n * nu / z;
    }
    MixedObjective expected =
        new MixedObjective(
            observed.x(),
            new GroupedVerdicts(
                verdicts.pairs(),
                verdicts.pair(),
                verdicts.firstPrompt(),
                verdicts.secondPrompt(),
                verdicts.annotator(),
                wins,
                losses,
                even,
                verdicts.prompts(),
                verdicts.annotators()),
            observed.layout(),
            observed.lambda(),
            observed.precisions());
    assertThat(whole(observed.information(point, false)).values())
        .containsExactly(
            whole(expected.information(point(expected, at), true)).values(), within(1e-10));
  }

  @Test
  void theEffectsAreEliminatedAsBySolvingForAll() {
    MixedObjective objective = objective(TieModel.DAVIDSON);
    Point point = point(objective, somewhere(objective));
    MixedInformation blocks = objective.information(point, false);
    MixedInformation.Eliminated eliminated =
        Objects.requireNonNull(blocks.eliminate(algebra, false));
    Cholesky whole = Objects.requireNonNull(algebra.cholesky(whole(blocks)));
    assertThat(eliminated.logDeterminant()).isCloseTo(whole.logDeterminant(), within(1e-10));
    double[] gradient = concatenated(point.gradient(), point.effectGradient());
    double[] newton = Arrays.stream(whole.solve(gradient)).map(v -> -v).toArray();
    MixedInformation.Step step = eliminated.step(point.gradient(), point.effectGradient(), algebra);
    assertThat(concatenated(step.u(), step.phi())).containsExactly(newton, within(1e-11));
    double[] unit = new double[gradient.length];
    unit[0] = 1;
    double[] first = new double[COMPONENTS];
    first[0] = 1;
    assertThat(eliminated.marginal().factor().solve(first))
        .containsExactly(Arrays.copyOf(whole.solve(unit), COMPONENTS), within(1e-11));
  }

  private MixedObjective objective(TieModel ties) {
    GroupedVerdicts verdicts =
        GroupedVerdicts.of(problem.problem().judgements(), problem.groups(), 40, ties, true);
    FeatureMap map = FeatureMap.isotropic(COMPONENTS, algebra);
    EffectLayout layout = EffectLayout.of(verdicts, ties, 0.7, 0.4);
    return new MixedObjective(
        Differences.of(problem.problem().embeddings(), verdicts.pairs(), map, algebra),
        verdicts,
        layout,
        0.3,
        layout.precisions(0.7, 0.4));
  }

  private static double[] somewhere(MixedObjective objective) {
    return new Random(9).doubles(COMPONENTS + objective.layout().size(), -1, 1).toArray();
  }

  private static Point point(MixedObjective objective, double[] at) {
    return objective.at(
        Arrays.copyOf(at, COMPONENTS), Arrays.copyOfRange(at, COMPONENTS, at.length));
  }

  private static double[] gradient(MixedObjective objective, double[] at) {
    Point point = point(objective, at);
    return concatenated(point.gradient(), point.effectGradient());
  }

  private static double[] concatenated(double[] first, double[] second) {
    double[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static double[] moved(double[] at, int j, double by) {
    double[] moved = at.clone();
    moved[j] += by;
    return moved;
  }

  static Matrix whole(MixedInformation blocks) {
    int m = blocks.coefficients().rows();
    int size = m + blocks.effects().rows();
    Matrix whole = Matrix.zeros(size, size);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double value =
            i < m && j < m
                ? blocks.coefficients().get(i, j)
                : i < m
                    ? blocks.coupling().get(j - m, i)
                    : j < m ? blocks.coupling().get(i - m, j) : blocks.effects().get(i - m, j - m);
        whole.values()[i * size + j] = value;
      }
    }
    return whole;
  }
}
