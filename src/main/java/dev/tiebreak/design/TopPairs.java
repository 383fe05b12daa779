package dev.tiebreak.design;

import java.util.Arrays;

/**
 * The best {@code capacity} of the pairs offered: greater scores first, then smaller packed pairs.
 * The order is total, so the result does not depend on the order of the offers.
 *
 * <p>Cost: amortised O(1) an offer, O(capacity) memory.
 */
final class TopPairs {

  private final int capacity;
  private long[] pairs;
  private double[] scores;
  private int size;
  private double floor = Double.NEGATIVE_INFINITY;

  TopPairs(int capacity) {
    this.capacity = capacity;
    this.pairs = new long[Math.min(capacity, 512) * 2];
    this.scores = new double[pairs.length];
  }

  /** A pair that scores below this is none of the best. */
  double floor() {
    return floor;
  }

  void offer(long pair, double score) {
    if (score < floor || capacity == 0) {
      return;
    }
    if (size == pairs.length) {
      makeRoom();
      if (score < floor) {
        return;
      }
    }
    pairs[size] = pair;
    scores[size++] = score;
  }

  /** Takes in what another holds. */
  TopPairs merge(TopPairs other) {
    for (int i = 0; i < other.size; i++) {
      offer(other.pairs[i], other.scores[i]);
    }
    return this;
  }

  /** Drops what is none of the best. */
  TopPairs compacted() {
    compact();
    return this;
  }

  /** Drops what is none of the best and sorts the rest, best first. */
  TopPairs finish() {
    compact();
    sort(0, size - 1);
    return this;
  }

  /** The least score held; ∞ where none is. */
  double least() {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      least = Math.min(least, scores[i]);
    }
    return least;
  }

  /** The greatest packed pair with a score. */
  long lastOf(double score) {
    long last = -1;
    for (int i = 0; i < size; i++) {
      if (scores[i] == score) {
        last = Math.max(last, pairs[i]);
      }
    }
    return last;
  }

  int size() {
    return size;
  }

  long pair(int i) {
    return pairs[i];
  }

  double score(int i) {
    return scores[i];
  }

  /** The pairs held, packed. */
  long[] pairs() {
    return Arrays.copyOf(pairs, size);
  }

  /** The scores held, in the order of the pairs. */
  double[] scores() {
    return Arrays.copyOf(scores, size);
  }

  private void makeRoom() {
    long most = 2L * capacity;
    if (pairs.length < most) {
      int length = (int) Math.min(Math.min(2L * pairs.length, most), Integer.MAX_VALUE - 8);
      pairs = Arrays.copyOf(pairs, length);
      scores = Arrays.copyOf(scores, length);
    } else {
      compact();
    }
  }

  private void compact() {
    if (size > capacity) {
      select(capacity);
      size = capacity;
      floor = least();
    }
  }

  /** Quickselect: leaves the best {@code count} in front. */
  private void select(int count) {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int pivot = partition(low, high);
      if (pivot == count - 1) {
        break;
      } else if (pivot < count) {
        low = pivot + 1;
      } else {
        high = pivot - 1;
      }
    }
  }

  private void sort(int low, int high) {
    int from = low;
    int to = high;
    while (from < to) {
      int pivot = partition(from, to);
      if (pivot - from < to - pivot) {
        sort(from, pivot - 1);
        from = pivot + 1;
      } else {
        sort(pivot + 1, to);
        to = pivot - 1;
      }
    }
  }

  /** Brings what is better than the middle entry before it; the entry's new place. */
  private int partition(int low, int high) {
    swap(low + (high - low) / 2, high);
    long pair = pairs[high];
    double score = scores[high];
    int place = low;
    for (int i = low; i < high; i++) {
      if (scores[i] > score || (scores[i] == score && pairs[i] < pair)) {
        swap(i, place++);
      }
    }
    swap(place, high);
    return place;
  }

  private void swap(int i, int j) {
    long pair = pairs[i];
    pairs[i] = pairs[j];
    pairs[j] = pair;
    double score = scores[i];
    scores[i] = scores[j];
    scores[j] = score;
  }
}
