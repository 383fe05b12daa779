package dev.tiebreak.preference;

import dev.tiebreak.linalg.FloatMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The groups of responses whose pairs count: those of one prompt, or all responses where no prompt
 * has two. Groups of one are left out.
 *
 * @param members row numbers of each group, ascending
 * @param pairs the number of pairs in all groups
 */
record PromptGroups(List<int[]> members, double pairs) {

  /** What is done with a row less its group's mean; {@code row} is reused for the next. */
  @FunctionalInterface
  interface CentredRow {
    /** {@code weight}: the group's size over the number of pairs. */
    void accept(double[] row, double weight);
  }

  static PromptGroups of(int[] promptOf) {
    List<int[]> members = byPrompt(promptOf);
    members.removeIf(rows -> rows.length < 2);
    if (members.isEmpty() && promptOf.length > 1) {
      members = byPrompt(new int[promptOf.length]);
    }
    double pairs = 0;
    for (int[] rows : members) {
      pairs += 0.5 * rows.length * (rows.length - 1);
    }
    return new PromptGroups(members, pairs);
  }

  private static List<int[]> byPrompt(int[] promptOf) {
    long[] keys = new long[promptOf.length];
    for (int i = 0; i < keys.length; i++) {
      if (promptOf[i] < 0) {
        throw new IllegalArgumentException("prompt of row " + i + " is " + promptOf[i]);
      }
      keys[i] = ((long) promptOf[i] << 32) | i;
    }
    Arrays.sort(keys);
    List<int[]> groups = new ArrayList<>();
    for (int start = 0; start < keys.length; ) {
      int end = start + 1;
      while (end < keys.length && keys[end] >> 32 == keys[start] >> 32) {
        end++;
      }
      groups.add(Arrays.stream(keys, start, end).mapToInt(key -> (int) key).toArray());
      start = end;
    }
    return groups;
  }

  /** How many rows the groups have. */
  int rows() {
    return members.stream().mapToInt(rows -> rows.length).sum();
  }

  /** Visits the rows of all groups, each less the mean of its group. */
  void forEachCentredRow(FloatMatrix embeddings, CentredRow visitor) {
    int d = embeddings.columns();
    double[] centred = new double[d];
    for (int[] rows : members) {
      double[] mean = mean(embeddings, rows);
      for (int row : rows) {
        embeddings.copyRow(row, centred, 0);
        for (int j = 0; j < d; j++) {
          centred[j] -= mean[j];
        }
        visitor.accept(centred, rows.length / pairs);
      }
    }
  }

  private static double[] mean(FloatMatrix embeddings, int[] rows) {
    int d = embeddings.columns();
    double[] mean = new double[d];
    double[] values = new double[d];
    for (int row : rows) {
      embeddings.copyRow(row, values, 0);
      for (int j = 0; j < d; j++) {
        mean[j] += values[j];
      }
    }
    for (int j = 0; j < d; j++) {
      mean[j] /= rows.length;
    }
    return mean;
  }
}
