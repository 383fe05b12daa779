package dev.tiebreak.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgreementTest {

  /** One unit for each column; '.' is missing. */
  private static List<JudgedUnits> units(int categories, String... observers) {
    return IntStream.range(0, observers[0].length())
        .mapToObj(unit -> {
          int[] answers = new int[categories];
          for (String observer : observers) {
            char answer = observer.charAt(unit);
            if (answer != '.') {
              answers[answer - '1']++;
            }
          }
          return new JudgedUnits(answers, 1);
        })
        .filter(unit -> unit.annotators() > 1)
        .toList();
  }

  private static double alpha(List<JudgedUnits> units) {
    return Agreement.alpha(units, units.stream().mapToDouble(JudgedUnits::comparisons).toArray());
  }

  /** Krippendorff, Computing Krippendorff's alpha-reliability, 2011, sections A, B and C. */
  @Test
  void givesThePublishedAlphas() {
    assertThat(alpha(units(2, "1211111121", "2221121111"))).isCloseTo(0.095, within(5e-4));
    assertThat(alpha(units(5, "112243335441", "212223335444"))).isCloseTo(0.692, within(5e-4));
    assertThat(alpha(units(5, "123321412...", "1233224125.3", ".3332342251.", "12332441251.")))
        .isCloseTo(0.743, within(5e-4));
  }

  /**
   * By hand: three comparisons, answers (2, 0, 0, 0), (1, 1, 0, 0), (0, 2, 1, 0). Coincidences that
   * agree: 2 + 0 + 2/2 = 3 of 7; totals 3, 3, 1, so D_e = (49 − 19) / 42 and α = 1 − (4/7) /
   * (30/42) = 1/5. Raw: (1 + 0 + 1/3) / 3.
   */
  @Test
  void agreesWithACaseByHand() {
    List<JudgedUnits> units =
        List.of(
            new JudgedUnits(new int[] {2, 0, 0, 0}, 1),
            new JudgedUnits(new int[] {1, 1, 0, 0}, 1),
            new JudgedUnits(new int[] {0, 2, 1, 0}, 1),
            new JudgedUnits(new int[] {0, 0, 0, 1}, 9));

    Agreement agreement = Agreement.of(units, 1);

    assertThat(agreement.comparisons()).isEqualTo(3);
    assertThat(agreement.verdicts()).isEqualTo(7);
    Interval alpha = Objects.requireNonNull(agreement.alpha());
    assertThat(alpha.value()).isCloseTo(0.2, within(1e-15));
    assertThat(alpha.lower()).isNull();
    assertThat(Objects.requireNonNull(agreement.raw()).value()).isCloseTo(4.0 / 9, within(1e-15));
  }

  @Test
  void isOneWhereAllAgreeAndUnknownWhereNothingVaries() {
    List<JudgedUnits> agreeing =
        List.of(
            new JudgedUnits(new int[] {3, 0, 0, 0}, 10),
            new JudgedUnits(new int[] {0, 2, 0, 0}, 10));

    assertAllOne(Agreement.of(agreeing, 1).alpha());
    assertThat(Agreement.of(agreeing.subList(0, 1), 1).alpha()).isNull();
    assertAllOne(Agreement.of(agreeing.subList(0, 1), 1).raw());
  }

  private static void assertAllOne(@Nullable Interval found) {
    Interval interval = Objects.requireNonNull(found);
    assertThat(interval.value()).isCloseTo(1, within(1e-12));
    assertThat(interval.lower()).isCloseTo(1, within(1e-12));
    assertThat(interval.upper()).isCloseTo(1, within(1e-12));
  }

  @Test
  void saysNothingOfComparisonsWithOneAnswer() {
    Agreement none = Agreement.of(List.of(new JudgedUnits(new int[] {1, 0, 0, 0}, 50)), 1);

    assertThat(none).isEqualTo(new Agreement(0, 0, null, null));
  }

  /** Of so many comparisons the raw share is nearly normal, so its interval is known. */
  @Test
  void givesTheIntervalThatTheoryGives() {
    List<JudgedUnits> units =
        List.of(
            new JudgedUnits(new int[] {2, 0, 0, 0}, 300),
            new JudgedUnits(new int[] {0, 2, 0, 0}, 400),
            new JudgedUnits(new int[] {1, 1, 0, 0}, 300));

    Interval raw = Objects.requireNonNull(Agreement.of(units, 7).raw());

    double half = 1.96 * Math.sqrt(0.7 * 0.3 / 1000);
    assertThat(raw.value()).isEqualTo(0.7);
    assertThat(raw.lower()).isCloseTo(0.7 - half, within(0.15 * half));
    assertThat(raw.upper()).isCloseTo(0.7 + half, within(0.15 * half));
    assertThat(Agreement.of(units, 7)).isEqualTo(Agreement.of(units, 7));
    Interval alpha = Objects.requireNonNull(Agreement.of(units, 7).alpha());
    assertThat(alpha.covers(alpha.value(), 1)).isTrue();
    assertThat(alpha.covers(raw.value(), 1)).isFalse();
  }

  /** Chance alone. */
  @Test
  void coversZeroWhereAnswersAreDrawnByCoins() {
    SplittableRandom random = new SplittableRandom(3);
    int[] counts = new int[3];
    for (int i = 0; i < 2000; i++) {
      counts[random.nextInt(2) + random.nextInt(2)]++;
    }
    List<JudgedUnits> units =
        List.of(
            new JudgedUnits(new int[] {2, 0, 0, 0}, counts[0]),
            new JudgedUnits(new int[] {1, 1, 0, 0}, counts[1]),
            new JudgedUnits(new int[] {0, 2, 0, 0}, counts[2]));

    assertThat(Objects.requireNonNull(Agreement.of(units, 1).alpha()).covers(0, 1)).isTrue();
  }

  /** Mean and variance of Gamma(n) are n. */
  @Test
  void drawsGammaVariables() {
    SplittableRandom random = new SplittableRandom(5);
    for (double shape : new double[] {1, 2.5, 40}) {
      double[] draws =
          IntStream.range(0, 100_000).mapToDouble(i -> Agreement.gamma(shape, random)).toArray();
      double mean = Arrays.stream(draws).average().orElseThrow();
      double variance =
          Arrays.stream(draws).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
      assertThat(mean).isCloseTo(shape, within(0.02 * shape));
      assertThat(variance).isCloseTo(shape, within(0.05 * shape));
    }
  }
}
