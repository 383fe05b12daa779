package dev.tiebreak.replay;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Of how many responses the best is taken: the N of best-of-N that a data set allows. */
final class DrawSizes {

  private static final List<Integer> USUAL = List.of(5, 10, 30, 50, 100, 300, 500);

  private DrawSizes() {}

  /**
   * Each usual N that at least half of the prompts have; where not even 5, the greatest number that
   * half of them have. Prompts with one response don't count; empty where there is no other.
   *
   * @param rows that take part
   */
  static int[] of(ReplayData data, int[] rows) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int row : rows) {
      counts.merge(data.promptOf()[row], 1, Integer::sum);
    }
    int[] sizes =
        counts.values().stream().mapToInt(Integer::intValue).filter(n -> n > 1).sorted().toArray();
    if (sizes.length == 0) {
      return sizes;
    }
    int median = sizes[sizes.length / 2];
    int[] usual = USUAL.stream().mapToInt(Integer::intValue).filter(n -> n <= median).toArray();
    return usual.length > 0 ? usual : new int[] {median};
  }
}
