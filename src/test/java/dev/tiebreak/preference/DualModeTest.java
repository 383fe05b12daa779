package dev.tiebreak.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DualModeTest {

  private final LinearAlgebra algebra = TestAlgebra.open();

  /** λ; how much greater each row of X is than the one before. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1e-3, 1", "1e-9, 1", "1e3, 1", "0.1, 1.5", "1e-4, 1.5"})
  void agreesWithTheModeInAllDimensions(double lambda, double growth) {
    Random random = new Random(3);
    Matrix x = Matrix.zeros(20, 31);
    for (int i = 0; i < x.values().length; i++) {
      x.values()[i] = random.nextGaussian() * Math.pow(growth, i / 31);
    }
    System.arraycopy(x.values(), 0, x.values(), 31, 31); // the same difference twice
    PairCounts pairs = pairs(20, random);
    Differences differences = new ListedDifferences(x, algebra);
    Mode full = new ModeSearch(algebra).find(new Objective(differences, pairs, lambda), null, null);
    Matrix products = algebra.multiply(x, x.transposed());
    DualMode dual = new DualMode(products, pairs, algebra);
    double rounding = 1e-8 + Math.ulp(1.0) * Objective.dot(x.values(), x.values()) / lambda;
    for (double start : new double[] {0, 1, -40}) {
      double[] alpha = new double[20];
      alpha[3] = start;
      DualMode.Found found = dual.find(alpha, lambda);
      assertThat(found.logEvidence()).isCloseTo(full.logEvidence(), within(rounding));
      double[] u = differences.combine(found.alpha());
      for (int j = 0; j < u.length; j++) {
        assertThat(u[j] / lambda)
            .isCloseTo(full.coefficients()[j], within(rounding * (1 + Math.abs(u[j] / lambda))));
      }
    }
  }

  /** Won, lost, tied and contradictory. */
  private static PairCounts pairs(int n, Random random) {
    int[] a = new int[n];
    int[] b = new int[n];
    double[] counts = new double[n];
    double[] wins = new double[n];
    for (int i = 0; i < n; i++) {
      b[i] = i + 1;
      counts[i] = 1 + random.nextInt(3);
      wins[i] = random.nextInt(2 * (int) counts[i] + 1) / 2.0;
    }
    return new PairCounts(a, b, counts, wins);
  }
}
