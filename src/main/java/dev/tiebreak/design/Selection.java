package dev.tiebreak.design;

import java.util.List;

/**
 * A batch.
 *
 * @param pairs distinct, in the order of the picks: the random arm first, then the design
 * @param candidates |C|, the number of candidates that the batch was chosen from
 * @param diagnostics of the whole batch, both arms
 */
public record Selection(List<SelectedPair> pairs, long candidates, BatchDiagnostics diagnostics) {

  /** Copies the list. */
  public Selection {
    pairs = List.copyOf(pairs);
  }
}
