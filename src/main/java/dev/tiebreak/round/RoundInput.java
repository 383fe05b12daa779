package dev.tiebreak.round;

import dev.tiebreak.candidate.EmbeddingSet;
import dev.tiebreak.design.PairSet;
import dev.tiebreak.design.Pairs;
import dev.tiebreak.preference.JudgementGroups;
import dev.tiebreak.preference.Judgements;
import dev.tiebreak.queue.Comparisons;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a round computes with: the verdicts and comparisons as rows of the embedding matrix.
 *
 * @param judged the counted verdicts, in the order of {@code judgements}
 * @param groups the prompts of the rows, and who gave each verdict as an index into {@code
 *     annotators}
 * @param annotators of the verdicts, in ascending order
 * @param pending a pair for each verdict that is owed, or that came after the fit's snapshot
 * @param excluded pairs that are no candidates
 * @param idle comparisons that the round retires: open with neither lease nor verdict
 */
record RoundInput(
    EmbeddingSet embeddings,
    List<Comparisons.Judged> judged,
    Judgements judgements,
    JudgementGroups groups,
    List<String> annotators,
    Pairs pending,
    PairSet excluded,
    List<Long> idle) {

  static RoundInput of(
      EmbeddingSet embeddings,
      List<Comparisons.Judged> judged,
      List<Comparisons.Known> known,
      int overlap) {
    RowPairs pending = new RowPairs(embeddings);
    RowPairs excluded = new RowPairs(embeddings);
    List<Long> idle = new ArrayList<>();
    List<String> annotators =
        judged.stream().map(Comparisons.Judged::annotator).distinct().sorted().toList();
    for (Comparisons.Known comparison : known) {
      if (comparison.idle()) {
        idle.add(comparison.comparison());
        continue;
      }
      for (int i = 0; i < comparison.owed() + comparison.unseen(); i++) {
        pending.add(comparison.least(), comparison.greatest());
      }
      if (comparison.owed() > 0 || comparison.answers() >= overlap) {
        excluded.add(comparison.least(), comparison.greatest());
      }
    }
    return new RoundInput(
        embeddings,
        judged,
        judgements(embeddings, judged),
        new JudgementGroups(
            embeddings.promptOf(),
            judged.stream()
                .mapToInt(verdict -> Collections.binarySearch(annotators, verdict.annotator()))
                .toArray()),
        annotators,
        pending.pairs(),
        PairSet.of(excluded.pairs()),
        idle);
  }

  private static Judgements judgements(EmbeddingSet embeddings, List<Comparisons.Judged> judged) {
    RowPairs pairs = new RowPairs(embeddings);
    double[] y = new double[judged.size()];
    for (int i = 0; i < y.length; i++) {
      pairs.add(judged.get(i).least(), judged.get(i).greatest());
      y[i] = judged.get(i).y();
    }
    return new Judgements(pairs.pairs().a(), pairs.pairs().b(), y);
  }

  /** Collects pairs of ordinals as pairs of rows. */
  private static final class RowPairs {

    private final EmbeddingSet embeddings;
    private final List<int[]> rows = new ArrayList<>();

    RowPairs(EmbeddingSet embeddings) {
      this.embeddings = embeddings;
    }

    void add(long least, long greatest) {
      rows.add(new int[] {embeddings.rowOf(least), embeddings.rowOf(greatest)});
    }

    Pairs pairs() {
      return new Pairs(
          rows.stream().mapToInt(row -> row[0]).toArray(),
          rows.stream().mapToInt(row -> row[1]).toArray());
    }
  }
}
