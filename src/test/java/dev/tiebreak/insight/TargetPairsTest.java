package dev.tiebreak.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.design.Pairing;
import dev.tiebreak.design.Pairs;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TargetPairsTest {

  /** Prompts side by side and not, one of them with one response. */
  private static final int[] PROMPTS = {2, 0, 2, 1, 0, 2, 3, 0, 2};

  private static boolean isAllowed(Pairing pairing, int a, int b) {
    boolean same = PROMPTS[a] == PROMPTS[b];
    return switch (pairing) {
      case IN_PROMPT -> same;
      case CROSS_PROMPT -> !same;
      case ANY -> true;
    };
  }

  private static List<String> allowed(Pairing pairing) {
    return IntStream.range(0, PROMPTS.length)
        .boxed()
        .flatMap(a ->
            IntStream.range(a + 1, PROMPTS.length)
                .filter(b -> isAllowed(pairing, a, b))
                .mapToObj(b -> a + "-" + b))
        .sorted()
        .toList();
  }

  private static List<String> names(Pairs pairs) {
    return IntStream.range(0, pairs.size())
        .mapToObj(
            i -> Math.min(pairs.a()[i], pairs.b()[i]) + "-" + Math.max(pairs.a()[i], pairs.b()[i]))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void listsEveryAllowedPairOnceWhereTheyAreFew(Pairing pairing) {
    TargetPairs targets = TargetPairs.of(PROMPTS, pairing, 100, 1);

    assertThat(targets.all()).isTrue();
    assertThat(names(targets.pairs())).containsExactlyElementsOf(allowed(pairing));
  }

  @ParameterizedTest
  @EnumSource
  void drawsEachAllowedPairAsOftenAsAnyOther(Pairing pairing) {
    int draws = 8;
    Map<String, Long> counts = new TreeMap<>();
    for (int seed = 0; seed < 20_000; seed++) {
      TargetPairs targets = TargetPairs.of(PROMPTS, pairing, draws, seed);
      assertThat(targets.all()).isFalse();
      names(targets.pairs()).forEach(name -> counts.merge(name, 1L, Long::sum));
    }

    List<String> all = allowed(pairing);
    assertThat(counts.keySet()).containsExactlyElementsOf(all);
    double expected = 20_000.0 * draws / all.size();
    assertThat(counts.values())
        .allSatisfy(
            count -> assertThat((double) count).isCloseTo(expected, within(0.08 * expected)));
  }

  @Test
  void findsNoneWhereNoneIsAllowed() {
    assertThat(TargetPairs.of(new int[] {0, 1, 2}, Pairing.IN_PROMPT, 9, 1).pairs().size())
        .isZero();
    assertThat(TargetPairs.of(new int[] {4, 4}, Pairing.CROSS_PROMPT, 9, 1).pairs().size())
        .isZero();
    assertThat(TargetPairs.of(new int[0], Pairing.ANY, 9, 1).pairs().size()).isZero();
  }

  @Test
  void takesMorePairsThanFitAnInteger() {
    int[] prompts = new int[400_000];
    Arrays.setAll(prompts, i -> i % 3);

    TargetPairs targets = TargetPairs.of(prompts, Pairing.CROSS_PROMPT, 500, 1);

    assertThat(
            IntStream.range(0, 500)
                .mapToObj(i -> prompts[targets.pairs().a()[i]] - prompts[targets.pairs().b()[i]])
                .collect(Collectors.toSet()))
        .doesNotContain(0);
    assertThat(Arrays.stream(targets.pairs().a()).average().orElseThrow())
        .isCloseTo(200_000, within(20_000.0));
  }
}
