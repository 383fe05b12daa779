package dev.tiebreak.design;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
final class BlockScanTest {

  @ParameterizedTest
  @ValueSource(strings = {"plain", "vector"})
  void losesNoPairThatReachesAThreshold(String kernels) {
    for (int m : new int[] {1, 3, 64, 131, 300}) {
      for (double spread : new double[] {0, 1, 20, 800}) {
        Random random = new Random(m);
        Matrix rows = rows(random, 150, m, 1e-3);
        double[] rewards = random.doubles(150, -spread, spread + 1e-9).toArray();
        assertFindsAll(PairKernels.of(kernels), rows, spread == 0 ? null : rewards);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "vector"})
  void losesNoPairOfRowsThatHardlyDifferOrDifferGreatlyInScale(String kernels) {
    Random random = new Random(5);
    Matrix near = rows(random, 130, 40, 1e-9);
    for (int i = 0; i < near.values().length; i++) {
      near.values()[i] += 1e6;
    }
    Matrix tails = rows(random, 130, 40, 1);
    for (int i = 0; i < 130; i++) {
      double size = Math.pow(10, random.nextInt(-150, 100));
      for (int j = 0; j < 40; j++) {
        tails.values()[i * 40 + j] *= size;
      }
    }
    assertFindsAll(PairKernels.of(kernels), near, null);
    assertFindsAll(PairKernels.of(kernels), tails, random.doubles(130, -3, 3).toArray());
  }

  private static void assertFindsAll(
      PairKernels kernels, Matrix rows, double @Nullable [] rewards) {
    QuadraticScores scores =
        new QuadraticScores(rows, rewards == null ? null : FisherWeights.of(rewards));
    int n = rows.rows();
    double[] all = new double[n * (n - 1) / 2];
    int count = 0;
    for (int a = 0; a < n; a++) {
      for (int b = a + 1; b < n; b++) {
        all[count++] = scores.score(a, b);
      }
    }
    Arrays.sort(all);
    WhitenedBlocks blocks = requireNonNull(WhitenedBlocks.of(rows, rewards));
    for (double share : new double[] {0, 0.5, 0.99, 1}) {
      double floor = all[(int) (share * (all.length - 1))];
      Set<Long> found = new HashSet<>();
      for (Collected sink : new BlockScan(blocks).run(kernels, () -> new Collected(floor))) {
        found.addAll(sink.pairs);
      }
      int expected = 0;
      for (int a = 0; a < n; a++) {
        for (int b = a + 1; b < n; b++) {
          if (scores.score(a, b) >= floor) {
            expected++;
            assertThat(found.contains(PairSet.pack(a, b))).as("%d %d at %s", a, b, floor).isTrue();
          }
        }
      }
      assertThat(found.size()).isGreaterThanOrEqualTo(expected);
    }
  }

  @Test
  void findsHardlyMoreThanWhatReachesAThreshold() {
    Random random = new Random(3);
    Matrix rows = rows(random, 700, 32, 1);
    double[] rewards = random.doubles(700, -3, 3).toArray();
    QuadraticScores scores = new QuadraticScores(rows, FisherWeights.of(rewards));
    double floor = 20;
    int expected = 0;
    for (int a = 0; a < 700; a++) {
      for (int b = a + 1; b < 700; b++) {
        expected += scores.score(a, b) >= floor ? 1 : 0;
      }
    }
    WhitenedBlocks blocks = requireNonNull(WhitenedBlocks.of(rows, rewards));
    int found =
        new BlockScan(blocks)
            .run(PairKernels.inUse(), () -> new Collected(floor)).stream()
                .mapToInt(sink -> sink.pairs.size())
                .sum();
    assertThat(expected).isGreaterThan(1000);
    assertThat(found).isBetween(expected, expected + 20);
  }

  @Test
  void boundsPairsOfBlocks() {
    Random random = new Random(8);
    Matrix rows = rows(random, 1000, 4, 1);
    double[] rewards = random.doubles(1000, -9, 9).toArray();
    QuadraticScores scores = new QuadraticScores(rows, FisherWeights.of(rewards));
    WhitenedBlocks blocks = requireNonNull(WhitenedBlocks.of(rows, rewards));
    Set<Integer> seen = new HashSet<>();
    for (int one = 0; one < blocks.count(); one++) {
      for (int place = 0; place < PairKernels.BLOCK && blocks.row(one, place) >= 0; place++) {
        int a = blocks.row(one, place);
        seen.add(a);
        for (int other = 0; other < blocks.count(); other++) {
          assertThat(scores.score(a, blocks.row(other, 0)))
              .isLessThanOrEqualTo(blocks.bound(one, other));
        }
      }
    }
    assertThat(seen).hasSize(1000);
  }

  @Test
  void leavesToOthersWhatFloat32CannotHold() {
    assertThat(WhitenedBlocks.of(Matrix.zeros(5, 3), null)).isNull();
    assertThat(WhitenedBlocks.of(Matrix.zeros(0, 3), null)).isNull();
    assertThat(WhitenedBlocks.of(new Matrix(1, 1, new double[] {1e200}), null)).isNull();
    assertThat(WhitenedBlocks.of(new Matrix(1, 1, new double[] {Double.NaN}), null)).isNull();
    double[] infinite = {Double.POSITIVE_INFINITY};
    assertThat(WhitenedBlocks.of(new Matrix(1, 1, new double[] {1}), infinite)).isNull();
  }

  private static Matrix rows(Random random, int n, int m, double size) {
    Matrix rows = Matrix.zeros(n, m);
    for (int i = 0; i < n * m; i++) {
      rows.values()[i] = size * random.nextGaussian();
    }
    return rows;
  }

  private record Collected(double floor, Set<Long> pairs) implements BlockScan.Sink {

    Collected(double floor) {
      this(floor, new HashSet<>());
    }

    @Override
    public void offer(long pair, double bound) {
      pairs.add(pair);
    }
  }
}
