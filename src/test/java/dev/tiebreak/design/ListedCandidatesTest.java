package dev.tiebreak.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Selection among listed pairs alone. */
class ListedCandidatesTest {

  private static final PairSet LISTED =
      PairSet.of(new Pairs(new int[] {0, 1, 4, 9, 0, 12}, new int[] {1, 2, 6, 11, 7, 14}));

  private static Set<List<Integer>> pairs(Selection selection) {
    return selection.pairs().stream()
        .map(pair -> List.of(pair.a(), pair.b()))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource
  void choosesOnlyWhatIsListedAndAllowedAndNotExcluded(Strategy strategy) {
    DesignProblem problem =
        ProblemBuilder.random(20, 4, 4, 3)
            .pairing(Pairing.IN_PROMPT)
            .strategy(strategy)
            .batchSize(10)
            .excluded(4, 6)
            .build();
    Selection selection = Design.selectAmong(problem, LISTED, ProblemBuilder.LINEAR_ALGEBRA);
    // (0, 7) is not in-prompt, (4, 6) is excluded
    assertThat(selection.candidates()).isEqualTo(4);
    assertThat(pairs(selection))
        .containsExactlyInAnyOrder(List.of(0, 1), List.of(1, 2), List.of(9, 11), List.of(12, 14));
  }

  @Test
  void samplesWhatIsListedWhereThereIsALimit() {
    DesignProblem problem =
        ProblemBuilder.random(20, 4, 4, 3).candidateLimit(2).batchSize(10).build();
    Selection selection = Design.selectAmong(problem, LISTED, ProblemBuilder.LINEAR_ALGEBRA);
    assertThat(selection.candidates()).isEqualTo(2);
    assertThat(pairs(selection)).hasSize(2);
  }

  @Test
  void choosesAllThatIsAllowedWhereNothingIsListed() {
    DesignProblem problem = ProblemBuilder.random(20, 4, 4, 3).batchSize(6).build();
    assertThat(Design.selectAmong(problem, null, ProblemBuilder.LINEAR_ALGEBRA))
        .isEqualTo(Design.select(problem, ProblemBuilder.LINEAR_ALGEBRA));
  }

  @Test
  void refusesRowsThatThereAreNot() {
    DesignProblem problem = ProblemBuilder.random(8, 4, 4, 3).build();
    assertThatThrownBy(() -> Design.selectAmong(problem, LISTED, ProblemBuilder.LINEAR_ALGEBRA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("listed row 11 among 8 rows");
  }
}
