package dev.tiebreak.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
final class PairKernelsTest {

  @ParameterizedTest
  @ValueSource(strings = {"plain", "vector"})
  void measuresDistancesOfRows(String name) {
    for (int m : new int[] {0, 1, 7, 8, 16, 17, 64, 389}) {
      Random random = new Random(m);
      double[] x = random.doubles(2 * m + 3, -1, 1).toArray();
      double[] y = random.doubles(2 * m + 3, -1, 1).toArray();
      double expected = 0;
      for (int j = 0; j < m; j++) {
        expected += (x[m + j] - y[3 + j]) * (x[m + j] - y[3 + j]);
      }
      PairKernels kernels = PairKernels.of(name);
      assertThat(kernels.squaredDistance(x, m, y, 3, m))
          .isCloseTo(expected, within(1e-14 * expected));
      assertThat(kernels.squaredDistance(x, m, x, m, m)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "vector"})
  void multipliesBlocks(String name) {
    for (int m : new int[] {0, 1, 6, 129, 261}) {
      Random random = new Random(m);
      float[] left = floats(random, m * 64);
      float[] right = floats(random, m * 64);
      float[] tile = floats(random, 64 * 64);
      PairKernels.of(name).multiply(left, right, m, tile);
      for (int r = 0; r < 64; r++) {
        for (int c = 0; c < 64; c++) {
          double expected = 0;
          for (int j = 0; j < m; j++) {
            expected += (double) left[j * 64 + r] * right[j * 64 + c];
          }
          assertThat((double) tile[r * 64 + c]).isCloseTo(expected, within(1e-5 * (1 + m)));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "vector"})
  void findsThePairsOfATileThatReachAFloor(String name) {
    Random random = new Random(2);
    float[] tile = floats(random, 64 * 64);
    var left = new PairKernels.Side(floats(random, 64), floats(random, 64), floats(random, 64));
    var right = new PairKernels.Side(floats(random, 64), floats(random, 64), floats(random, 64));
    int[] places = new int[64 * 64];
    int count = PairKernels.of(name).reaching(tile, left, right, 0.7f, places);
    int[] expected =
        IntStream.range(0, 64 * 64)
            .filter(place -> {
              int r = place / 64;
              int c = place % 64;
              float form = Math.fma(-2, tile[place], left.norms()[r] + right.norms()[c]);
              float root =
                  Math.fma(left.grow()[r], right.shrink()[c], left.shrink()[r] * right.grow()[c]);
              return form >= 0.7f * root * root;
            })
            .toArray();
    Arrays.sort(places, 0, count);
    assertThat(count).isBetween(100, 4000);
    assertThat(Arrays.copyOf(places, count)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "vector"})
  void lowersScores(String name) {
    Random random = new Random(4);
    double[] t = random.doubles(30).toArray();
    for (int count : new int[] {0, 1, 7, 8, 83}) {
      int[] first = random.ints(90, 0, 30).toArray();
      int[] second = random.ints(90, 0, 30).toArray();
      double[] weights = random.doubles(90).toArray();
      double[] scores = random.doubles(90).toArray();
      double[] expected = scores.clone();
      for (int i = 0; i < count; i++) {
        double product = t[first[i]] - t[second[i]];
        expected[i] = Math.max(0, scores[i] - weights[i] * product * product);
      }
      double greatest = PairKernels.of(name).lower(scores, weights, t, first, second, count);
      assertThat(scores).containsExactly(expected, within(1e-15));
      assertThat(greatest).isEqualTo(Arrays.stream(scores).limit(count).max().orElse(0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "vector"})
  void multipliesRowsByAVector(String name) {
    Random random = new Random(6);
    for (int m : new int[] {0, 1, 8, 13, 64, 75}) {
      double[] rows = random.doubles(7 * m).toArray();
      double[] x = random.doubles(m).toArray();
      double[] products = new double[7];
      PairKernels.of(name).multiply(rows, x, 1, 7, products);
      for (int i = 0; i < 7; i++) {
        double expected = 0;
        for (int j = 0; j < m && i >= 1; j++) {
          expected += rows[i * m + j] * x[j];
        }
        assertThat(products[i]).isCloseTo(expected, within(1e-13));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "vector"})
  void addsAMultipleOfAVectorToEachRow(String name) {
    Random random = new Random(8);
    for (int m : new int[] {0, 1, 8, 13, 64, 75}) {
      double[] rows = random.doubles(7 * m).toArray();
      double[] x = random.doubles(m).toArray();
      double[] scales = random.doubles(7).toArray();
      double[] expected = rows.clone();
      for (int i = 0; i < rows.length; i++) {
        expected[i] = Math.fma(-0.3 * scales[i / m], x[i % m], rows[i]);
      }
      PairKernels.of(name).addOuter(rows, scales, -0.3, x);
      assertThat(rows).containsExactly(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "vector"})
  void measuresDistancesOfPairs(String name) {
    float[] rows = floats(new Random(7), 9 * 64);
    long[] pairs = {PairSet.pack(0, 1), PairSet.pack(2, 8), PairSet.pack(3, 4), PairSet.pack(5, 8)};
    float[] distances = new float[3];
    PairKernels.of(name).squaredDistances(rows, pairs, 1, 4, distances);
    for (int i = 0; i < 3; i++) {
      double expected = 0;
      for (int j = 0; j < 64; j++) {
        int a = PairSet.first(pairs[i + 1]);
        int b = PairSet.second(pairs[i + 1]);
        expected += Math.pow((double) rows[a * 64 + j] - rows[b * 64 + j], 2);
      }
      assertThat((double) distances[i]).isCloseTo(expected, within(1e-5 * expected));
    }
  }

  @Test
  void areChosenByName() {
    assertThat(PairKernels.of("plain").name()).isEqualTo("plain");
    assertThat(PairKernels.of("vector").name()).matches("vector-\\d+");
    assertThat(PairKernels.of("auto").name()).startsWith("vector");
    assertThat(PairKernels.chosen()).isEqualTo(PairKernels.inUse().name());
    assertThatThrownBy(() -> PairKernels.of("fast")).hasMessageContaining("fast");
  }

  private static float[] floats(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }
}
