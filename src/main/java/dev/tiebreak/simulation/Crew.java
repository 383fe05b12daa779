package dev.tiebreak.simulation;

import dev.tiebreak.command.UsageException;
import dev.tiebreak.simulation.Truth.GoldRewards;
import dev.tiebreak.simulation.Truth.RecordedChoices;

/**
 * Who labels.
 *
 * @param annotators how many work at once
 * @param overlap how many judge each comparison
 */
record Crew(int annotators, int overlap) {

  private static final int USUAL = 4;

  /** As asked for, else as the data have it: a pair's recorded annotators all judge it. */
  static Crew of(Options options, DataSet data) {
    int recorded =
        switch (data.truth()) {
          case GoldRewards gold -> 1;
          case RecordedChoices choices -> Math.max(1, choices.annotators());
        };
    Integer askedOverlap = options.overlap();
    int overlap = askedOverlap == null ? recorded : askedOverlap;
    int usual = recorded > 1 ? recorded : Math.max(USUAL, overlap);
    Integer askedAnnotators = options.annotators();
    int annotators = askedAnnotators == null ? usual : askedAnnotators;
    if (annotators < overlap) {
      throw new UsageException(
          "%d verdicts on each comparison need as many annotators, not %d; see --overlap"
              .formatted(overlap, annotators));
    }
    if (recorded > 1 && annotators > recorded) {
      throw new UsageException(
          "%d annotators judged each pair of %s, so --annotators can't be %d"
              .formatted(recorded, data.name(), annotators));
    }
    return new Crew(annotators, overlap);
  }
}
