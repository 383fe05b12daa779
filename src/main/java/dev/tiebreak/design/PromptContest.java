package dev.tiebreak.design;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The candidates that a prompt has a part in: those with at least one of its responses. Where pairs
 * are in-prompt they are the pairs of its responses; else the pairs of its responses with any that
 * the pairing allows.
 */
final class PromptContest {

  private final Field field;
  private final int[] rows;

  private PromptContest(Field field, int[] rows) {
    this.field = field;
    this.rows = rows;
  }

  /** The prompt's responses that have a candidate, ascending. */
  int[] rows() {
    return Arrays.stream(rows).filter(row -> partners(row).length > 0).toArray();
  }

  /** Whether there is a candidate. */
  boolean isOpen() {
    return Arrays.stream(rows)
        .anyMatch(row -> Arrays.stream(field.others(row, rows)).anyMatch(j -> field.free(row, j)));
  }

  /** The responses that are candidates with one of the prompt's, ascending. */
  int[] partners(int row) {
    return Arrays.stream(field.others(row, rows)).filter(j -> field.free(row, j)).toArray();
  }

  /**
   * The responses that one of the prompt's may be compared with, ascending: those excluded or taken
   * included, but where candidates are a sample and pairs not in-prompt, those of the sample alone.
   */
  int[] opponents(int row) {
    return Arrays.stream(field.others(row, rows)).filter(j -> field.allowed(row, j)).toArray();
  }

  /** All prompts and what is left of their candidates. Mutable. */
  static final class Field {
    private final int[] prompts;
    private final Pairing pairing;
    private final CandidateSet candidates;
    private PairSet passed;
    private final int[][] groups;
    private final int[] all;
    private final Map<Integer, int[]> listed = new HashMap<>();

    Field(DesignState state) {
      prompts = state.problem().prompts();
      pairing = state.problem().pairing();
      candidates = state.candidates();
      passed = state.taken();
      List<int[]> found = new ArrayList<>();
      new PromptGroups(prompts).forEachGroup(found::add);
      groups = found.toArray(int[][]::new);
      all = new int[prompts.length];
      Arrays.setAll(all, row -> row);
      if (candidates instanceof SampledPairs && pairing != Pairing.IN_PROMPT) {
        list();
      }
    }

    private void list() {
      Map<Integer, TreeSet<Integer>> partners = new HashMap<>();
      for (long i = 0; i < candidates.count(); i++) {
        int a = PairSet.first(candidates.pairAt(i));
        int b = PairSet.second(candidates.pairAt(i));
        partners.computeIfAbsent(a, row -> new TreeSet<>()).add(b);
        partners.computeIfAbsent(b, row -> new TreeSet<>()).add(a);
      }
      for (int row = 0; row < prompts.length; row++) {
        listed.put(row, new int[0]);
      }
      partners.forEach(
          (row, others) -> listed.put(row, others.stream().mapToInt(other -> other).toArray()));
    }

    int prompts() {
      return groups.length;
    }

    PromptContest contest(int prompt) {
      return new PromptContest(this, groups[prompt]);
    }

    /** The pair is no candidate any more. */
    void take(long pair) {
      passed = passed.plus(pair);
    }

    private int[] others(int row, int[] group) {
      return pairing == Pairing.IN_PROMPT ? group : listed.getOrDefault(row, all);
    }

    private boolean allowed(int i, int j) {
      return i != j
          && switch (pairing) {
            case IN_PROMPT -> prompts[i] == prompts[j];
            case CROSS_PROMPT -> prompts[i] != prompts[j];
            case ANY -> true;
          };
    }

    private boolean free(int i, int j) {
      long pair = PairSet.pack(i, j);
      return i != j && candidates.contains(pair) && !passed.contains(pair);
    }
  }
}
