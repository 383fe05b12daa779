package dev.tiebreak.simulation;

import dev.tiebreak.evaluation.Coin;
import dev.tiebreak.simulation.Truth.GoldRewards;
import dev.tiebreak.simulation.Truth.RecordedChoices;
import java.util.List;

/**
 * What the annotators say. Gold rewards answer through a Bradley–Terry coin, P(left) = σ(gold_left
 * − gold_right); recorded choices answer themselves, and a pair without a record is skipped.
 *
 * <p>The same seed gives the same answer to the same pair, on whichever side its responses stand
 * and whenever it is asked. Where a comparison wants one verdict it does not matter who gives it;
 * with overlap each annotator has a coin of their own.
 */
final class Answers {

  private final DataSet data;
  private final Coin coin;
  private final boolean personal;
  private final double skipShare;
  private final double tieShare;

  /**
   * Answers from a data set's truth.
   *
   * @param personal whether each annotator throws a coin of their own
   * @param skipShare share of questions that an annotator skips
   * @param tieShare share of coins that fall on their edge: TIE
   */
  Answers(DataSet data, long seed, boolean personal, double skipShare, double tieShare) {
    this.data = data;
    this.coin = new Coin(seed);
    this.personal = personal;
    this.skipShare = skipShare;
    this.tieShare = tieShare;
  }

  /**
   * One annotator's answer.
   *
   * @param annotator number of the annotator, from 0
   * @param left row of the left response
   * @param right row of the right response
   */
  Preference answer(int annotator, int left, int right) {
    Pair pair = Pair.of(left, right);
    if (coin.uniform("skip", Integer.toString(annotator), id(pair.least()), id(pair.greatest()))
        < skipShare) {
      return Preference.SKIP;
    }
    Preference preference =
        switch (data.truth()) {
          case GoldRewards gold -> toss(gold, annotator, pair);
          case RecordedChoices recorded -> lookUp(recorded, annotator, pair);
        };
    return left == pair.least() ? preference : preference.mirrored();
  }

  private Preference toss(GoldRewards gold, int annotator, Pair pair) {
    String who = personal ? Integer.toString(annotator) : "";
    String least = id(pair.least());
    String greatest = id(pair.greatest());
    if (coin.uniform("tie", who, least, greatest) < tieShare) {
      return Preference.TIE;
    }
    double difference = gold.rewards()[pair.least()] - gold.rewards()[pair.greatest()];
    return coin.prefersLeft(difference, "choice", who, least, greatest)
        ? Preference.LEFT
        : Preference.RIGHT;
  }

  private static Preference lookUp(RecordedChoices recorded, int annotator, Pair pair) {
    List<Preference> choices = recorded.choices().getOrDefault(pair, List.of());
    if (choices.size() == 1) {
      return choices.getFirst();
    }
    return annotator < choices.size() ? choices.get(annotator) : Preference.SKIP;
  }

  private String id(int row) {
    return data.responses().get(row).responseId();
  }
}
