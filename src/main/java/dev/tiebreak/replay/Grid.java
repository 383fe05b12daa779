package dev.tiebreak.replay;

import dev.tiebreak.design.Strategy;
import dev.tiebreak.preference.Prior;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All cells of a replay, the same for the same settings. */
final class Grid {

  private final List<Variant> variants = new ArrayList<>();
  private final int repetitions;

  Grid(ReplaySettings settings) {
    for (@Nullable Integer dimension : settings.dimensions()) {
      for (Prior prior : settings.priors()) {
        for (int batchSize : settings.batchSizes()) {
          for (@Nullable Integer limit : settings.candidateLimits()) {
            for (Strategy strategy : settings.strategies()) {
              variants.add(new Variant(strategy, prior, batchSize, limit, dimension));
            }
          }
        }
      }
    }
    repetitions = settings.seeds();
  }

  /** The variants, those that differ only in the strategy side by side. */
  List<Variant> variants() {
    return List.copyOf(variants);
  }

  int size() {
    return variants.size() * repetitions;
  }

  /**
   * A cell. All variants of a repetition come before the next, so that what has been done so far
   * compares them; those of one dimension side by side, as they share its embeddings.
   */
  Cell cell(int number) {
    return new Cell(number, variants.get(number % variants.size()), number / variants.size());
  }
}
