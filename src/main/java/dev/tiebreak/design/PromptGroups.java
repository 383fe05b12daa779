package dev.tiebreak.design;

import java.util.Arrays;
import java.util.function.Consumer;

/** The rows of each prompt, side by side in one array and ascending within a prompt. */
final class PromptGroups {

  private final int[] order;
  private final int[] place;
  private final int[] end;

  PromptGroups(int[] prompts) {
    int rows = prompts.length;
    long[] keys = new long[rows];
    Arrays.setAll(keys, row -> ((long) prompts[row] << 32) | row);
    Arrays.sort(keys);
    order = new int[rows];
    place = new int[rows];
    end = new int[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = (int) keys[i];
      place[order[i]] = i;
    }
    for (int i = rows - 1, stop = rows; i >= 0; i--) {
      end[order[i]] = stop;
      if (i > 0 && prompts[order[i - 1]] != prompts[order[i]]) {
        stop = i;
      }
    }
  }

  /** Hands over the rows of each prompt, ascending. */
  void forEachGroup(Consumer<int[]> consumer) {
    for (int start = 0; start < order.length; start = end[order[start]]) {
      consumer.accept(Arrays.copyOfRange(order, start, end[order[start]]));
    }
  }

  /** The number of rows after {@code row} that answer its prompt. */
  int later(int row) {
    return end[row] - place[row] - 1;
  }

  /** Of the rows after {@code row} that answer its prompt, the one at a place from 0. */
  int later(int row, int i) {
    return order[place[row] + 1 + i];
  }

  /** The number of rows between a and b, both excluded, that answer the prompt of a. */
  int laterBefore(int a, int b) {
    int found = Arrays.binarySearch(order, place[a] + 1, end[a], b);
    return (found >= 0 ? found : -found - 1) - place[a] - 1;
  }
}
