package dev.tiebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.simulation.Truth.GoldRewards;
import dev.tiebreak.simulation.Truth.RecordedChoices;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AnswersTest {

  private static final int N = 4_000;

  private static DataSet data(Truth truth) {
    List<Response> responses =
        IntStream.range(0, N)
            .mapToObj(i -> new Response("p" + i / 2, "r" + i, null, null))
            .toList();
    return new DataSet("test", responses, new float[N][1], truth);
  }

  /** Even rows are better by one logit. */
  private static DataSet gold() {
    return data(
        new GoldRewards(IntStream.range(0, N).mapToDouble(row -> row % 2 == 0 ? 1 : 0).toArray()));
  }

  private static double share(Answers answers, int annotator, Preference preference) {
    return IntStream.range(0, N / 2)
            .filter(i -> answers.answer(annotator, 2 * i, 2 * i + 1) == preference)
            .count()
        / (N / 2.0);
  }

  @Test
  void theCoinFallsAsBradleyAndTerrySay() {
    Answers answers = new Answers(gold(), 3, false, 0, 0);
    assertThat(share(answers, 0, Preference.LEFT)).isCloseTo(1 / (1 + Math.exp(-1)), within(0.03));
  }

  @Test
  void theSameSeedGivesTheSameAnswerOnEitherSideToWhomeverIsAsked() {
    Answers answers = new Answers(gold(), 3, false, 0, 0.2);
    Answers again = new Answers(gold(), 3, false, 0, 0.2);
    for (int i = 0; i + 1 < N; i++) {
      Preference answer = answers.answer(0, i, i + 1);
      assertThat(again.answer(5, i + 1, i)).isEqualTo(answer.mirrored());
    }
  }

  @Test
  void anotherSeedAndWithOverlapAnotherAnnotatorThrowAnotherCoin() {
    Answers one = new Answers(gold(), 1, true, 0, 0);
    Answers other = new Answers(gold(), 2, true, 0, 0);
    assertThat(agreement(one, 0, other, 0)).isCloseTo(0.607, within(0.04));
    assertThat(agreement(one, 0, one, 1)).isCloseTo(0.607, within(0.04));
  }

  /** Two independent coins with p = σ(1) agree with probability p² + (1 − p)² = 0.607. */
  private static double agreement(Answers one, int annotator, Answers other, int another) {
    return IntStream.range(0, N / 2)
            .filter(i ->
                one.answer(annotator, 2 * i, 2 * i + 1) == other.answer(another, 2 * i, 2 * i + 1))
            .count()
        / (N / 2.0);
  }

  @Test
  void skipsAndTiesComeInTheirShares() {
    Answers answers = new Answers(gold(), 3, false, 0.2, 0.1);
    assertThat(share(answers, 0, Preference.SKIP)).isCloseTo(0.2, within(0.03));
    assertThat(share(answers, 0, Preference.TIE)).isCloseTo(0.08, within(0.02));
  }

  @Test
  void aRecordedChoiceIsRepeatedAndAPairWithoutOneSkipped() {
    Answers answers =
        new Answers(
            data(
                new RecordedChoices(
                    Map.of(
                        Pair.of(0, 1), List.of(Preference.LEFT),
                        Pair.of(2, 3), List.of(Preference.RIGHT, Preference.TIE)))),
            3,
            true,
            0,
            0.5);
    assertThat(answers.answer(7, 0, 1)).isEqualTo(Preference.LEFT);
    assertThat(answers.answer(7, 1, 0)).isEqualTo(Preference.RIGHT);
    assertThat(answers.answer(0, 2, 3)).isEqualTo(Preference.RIGHT);
    assertThat(answers.answer(1, 3, 2)).isEqualTo(Preference.TIE);
    assertThat(answers.answer(2, 2, 3)).isEqualTo(Preference.SKIP);
    assertThat(answers.answer(0, 0, 2)).isEqualTo(Preference.SKIP);
  }
}
