package dev.tiebreak.preference;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DifferencesTest {

  private final LinearAlgebra algebra = TestAlgebra.open();

  @Test
  void theGraphFormIsTheListedFormAtLessCost() {
    RandomProblem problem = RandomProblem.of(1200, 30, 7, 9000, 1, 4);
    PairCounts pairs = PairCounts.of(problem.judgements(), 1200);
    FeatureMap map = FeatureMap.isotropic(7, algebra);
    Differences graph = Differences.of(problem.embeddings(), pairs, map, algebra);
    assertThat(graph).isInstanceOf(GraphDifferences.class);
    Matrix x = Matrix.zeros(pairs.size(), 7);
    for (int i = 0; i < pairs.size() * 7; i++) {
      x.values()[i] =
          (double) problem.embeddings().get(pairs.a()[i / 7], i % 7)
              - problem.embeddings().get(pairs.b()[i / 7], i % 7);
    }
    assertSame(graph, new ListedDifferences(x, algebra), pairs.size());
    double[] scales = {3, 1, 0.25};
    assertSame(
        graph.scaled(scales), new ListedDifferences(x, algebra).scaled(scales), pairs.size());
  }

  @Test
  void equalEmbeddingsDifferByExactlyZero() {
    RandomProblem problem = RandomProblem.of(12, 4, 5, 0, 1, 5);
    problem.embeddings().setRow(1, problem.embeddings().rows(0, 1).toArray(), 0);
    Judgements judgements =
        new Judgements(new int[] {0, 2, 3}, new int[] {1, 2, 1}, new double[] {1, 0, 1});
    PairCounts pairs = PairCounts.of(judgements, 12);
    FeatureMap map = FeatureMap.isotropic(5, algebra);
    double[] logits =
        Differences.of(problem.embeddings(), pairs, map, algebra)
            .logits(new double[] {1, -2, 3, .3, 7});
    assertThat(logits[0]).isZero();
    assertThat(logits[2]).isZero();
  }

  private void assertSame(Differences actual, Differences expected, int size) {
    int m = expected.columns();
    assertThat(actual.columns()).isEqualTo(m);
    Random random = new Random(6);
    double[] u = random.doubles(m, -1, 1).toArray();
    double[] v = random.doubles(size).toArray();
    assertThat(actual.logits(u)).containsExactly(expected.logits(u), within(1e-13));
    assertThat(actual.combine(v)).containsExactly(expected.combine(v), within(1e-10));
    Matrix left = Matrix.scaledIdentity(m, 0.5);
    Matrix right = Matrix.scaledIdentity(m, 0.5);
    actual.addInformation(v, left);
    expected.addInformation(v, right);
    assertThat(left.values()).containsExactly(right.values(), within(1e-10));
    Cholesky factor = requireNonNull(algebra.cholesky(left));
    double[] leverages = actual.leverages(factor);
    assertThat(leverages).containsExactly(expected.leverages(factor), within(1e-12));
    double[] first = new double[size];
    first[0] = 1;
    double[] x = expected.combine(first);
    assertThat(leverages[0]).isCloseTo(Objective.dot(x, factor.solve(x)), within(1e-12));
  }
}
