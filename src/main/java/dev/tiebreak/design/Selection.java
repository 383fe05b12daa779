package dev.tiebreak.design;

import java.util.ArrayList;
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

  /**
   * The pairs in the order in which they are to be asked: each arm in its own order, the random one
   * spread evenly, so that whatever part of a batch is answered before the next round holds about
   * the same share of it.
   */
  public List<SelectedPair> askingOrder() {
    List<SelectedPair> random = arm(Arm.RANDOM);
    List<SelectedPair> design = arm(Arm.DESIGN);
    List<SelectedPair> order = new ArrayList<>(pairs.size());
    int drawn = 0;
    for (int i = 0; i < pairs.size(); i++) {
      // the j-th of R random pairs stands in the middle of the j-th of R equal parts
      boolean next =
          drawn < random.size() && (2L * drawn + 1) * pairs.size() < (2L * i + 2) * random.size();
      order.add(next ? random.get(drawn) : design.get(i - drawn));
      drawn += next ? 1 : 0;
    }
    return order;
  }

  private List<SelectedPair> arm(Arm arm) {
    return pairs.stream().filter(pair -> pair.arm() == arm).toList();
  }
}
