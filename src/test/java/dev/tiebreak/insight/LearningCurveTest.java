package dev.tiebreak.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LearningCurveTest {

  private static FitScore score(long fit, long labels, long verdicts) {
    return new FitScore(fit, labels, new Score(verdicts, 0, verdicts, 0.5 * verdicts, 0));
  }

  @Test
  void hasAPointForEachFitThatForesawSomething() {
    LearningCurve curve =
        LearningCurve.of(List.of(score(1, 0, 3), score(2, 25, 0), score(4, 50, 1)), 1);

    assertThat(curve.points()).extracting(LearningCurve.Point::fromFit).containsExactly(1L, 4L);
    LearningCurve.Point all = Objects.requireNonNull(curve.all());
    assertThat(all.verdicts()).isEqualTo(4);
    assertThat(all.labels()).isCloseTo(12.5, within(1e-12));
    assertThat(all.accuracy().value()).isEqualTo(1);
    assertThat(curve.recent()).isEqualTo(all);
  }

  @Test
  void putsNeighboursTogetherWhereTheyAreMany() {
    List<FitScore> scores =
        LongStream.rangeClosed(1, 1234).mapToObj(fit -> score(fit, fit * 10, 2)).toList();

    LearningCurve curve = LearningCurve.of(scores, 1);

    assertThat(curve.points()).hasSize(LearningCurve.MOST_POINTS);
    List<Long> ends = new ArrayList<>(List.of(0L));
    for (LearningCurve.Point point : curve.points()) {
      assertThat(point.fromFit()).isEqualTo(ends.getLast() + 1);
      assertThat(point.verdicts()).isBetween(24L, 26L);
      ends.add(point.toFit());
    }
    assertThat(ends.getLast()).isEqualTo(1234);
    assertThat(Objects.requireNonNull(curve.recent()).fromFit()).isEqualTo(1185);
  }

  @Test
  void putsNeighboursTogetherUntilTheyHaveEnoughVerdicts() {
    List<FitScore> scores =
        LongStream.of(1, 2, 3, 4, 5, 6, 7).mapToObj(fit -> score(fit, fit * 10, fit)).toList();

    LearningCurve curve = LearningCurve.of(scores, 6);

    // 1 + 2 + 3, 4 + 5, 6, 7
    assertThat(curve.points())
        .extracting(LearningCurve.Point::verdicts)
        .containsExactly(6L, 9L, 6L, 7L);
    // 1 + … + 4, and the rest, which is too little alone
    assertThat(LearningCurve.of(scores.subList(0, 5), 10).points())
        .extracting(LearningCurve.Point::verdicts)
        .containsExactly(15L);
    assertThat(LearningCurve.of(scores, 1000).points())
        .containsExactly(Objects.requireNonNull(curve.all()));
  }

  @Test
  void isEmptyBeforeTheFirstVerdict() {
    assertThat(LearningCurve.of(List.of(), 1)).isEqualTo(new LearningCurve(null, null, List.of()));
  }
}
