package dev.tiebreak.design;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * All pairs that a pairing allows less those excluded, none of them stored: O(n) memory beside the
 * excluded set.
 */
final class AllowedPairs implements CandidateSet {

  private final int[] prompts;
  private final Pairing pairing;
  private final PromptGroups groups;
  private final PairSet blocked;

  /** Entry a is the number of candidates whose first row is before a. */
  private final long[] before;

  private final int widestRow;

  AllowedPairs(int[] prompts, Pairing pairing, PairSet excluded) {
    this.prompts = prompts;
    this.pairing = pairing;
    this.groups = new PromptGroups(prompts);
    this.blocked =
        PairSet.ofPacked(Arrays.stream(excluded.packed()).filter(this::isPaired).toArray());
    this.before = new long[rows() + 1];
    int widest = 0;
    for (int a = 0; a < rows(); a++) {
      before[a + 1] = before[a] + paired(a) - (blockedEnd(a) - blockedStart(a));
      widest = Math.max(widest, paired(a));
    }
    this.widestRow = widest;
  }

  @Override
  public int rows() {
    return prompts.length;
  }

  @Override
  public long count() {
    return before[rows()];
  }

  @Override
  public boolean contains(long pair) {
    return isPaired(pair) && (blocked.size() == 0 || !blocked.contains(pair));
  }

  @Override
  public boolean dense() {
    return pairing != Pairing.IN_PROMPT;
  }

  @Override
  public int widestRow() {
    return widestRow;
  }

  @Override
  public long pairAt(long index) {
    if (index < 0 || index >= count()) {
      throw new IndexOutOfBoundsException("candidate " + index + " of " + count());
    }
    int a = lastRowAtOrBefore(index);
    int rank = (int) (index - before[a]);
    for (int i = blockedStart(a); i < blockedEnd(a); i++) {
      if (rankOf(a, PairSet.second(blocked.at(i))) > rank) {
        break;
      }
      rank++;
    }
    return PairSet.pack(a, partnerAt(a, rank));
  }

  @Override
  public int partners(int a, int from, int to, int[] into) {
    return dense() ? rowPartners(a, from, to, into) : promptPartners(a, from, to, into);
  }

  private int rowPartners(int a, int from, int to, int[] into) {
    int start = Math.max(a + 1, from);
    int next = blocked.placeOf(PairSet.pack(a, start));
    int stop = blockedEnd(a);
    int count = 0;
    for (int b = start; b < to; b++) {
      if (next < stop && PairSet.second(blocked.at(next)) == b) {
        next++;
      } else if (pairing == Pairing.ANY || prompts[a] != prompts[b]) {
        into[count++] = b;
      }
    }
    return count;
  }

  private int promptPartners(int a, int from, int to, int[] into) {
    int next = blockedStart(a);
    int stop = blockedEnd(a);
    int count = 0;
    for (int i = 0; i < groups.later(a); i++) {
      int b = groups.later(a, i);
      if (next < stop && PairSet.second(blocked.at(next)) == b) {
        next++;
      } else if (b >= from && b < to) {
        into[count++] = b;
      }
    }
    return count;
  }

  /** Hands over, in sets without a pair in common, the pairs that are no candidates. */
  void forEachOther(Consumer<CandidateSet> consumer) {
    if (blocked.size() > 0) {
      consumer.accept(new SampledPairs(rows(), blocked));
    }
    if (pairing == Pairing.CROSS_PROMPT) {
      consumer.accept(new AllowedPairs(prompts, Pairing.IN_PROMPT, PairSet.none()));
    }
    if (pairing == Pairing.IN_PROMPT) {
      consumer.accept(new AllowedPairs(prompts, Pairing.CROSS_PROMPT, PairSet.none()));
    }
  }

  private boolean isPaired(long pair) {
    boolean inPrompt = prompts[PairSet.first(pair)] == prompts[PairSet.second(pair)];
    return switch (pairing) {
      case IN_PROMPT -> inPrompt;
      case CROSS_PROMPT -> !inPrompt;
      case ANY -> true;
    };
  }

  /** The number of partners of a row a, blocked ones included. */
  private int paired(int a) {
    return switch (pairing) {
      case IN_PROMPT -> groups.later(a);
      case CROSS_PROMPT -> rows() - 1 - a - groups.later(a);
      case ANY -> rows() - 1 - a;
    };
  }

  /** The number of partners of a before b, blocked ones included. */
  private int rankOf(int a, int b) {
    return switch (pairing) {
      case IN_PROMPT -> groups.laterBefore(a, b);
      case CROSS_PROMPT -> b - a - 1 - groups.laterBefore(a, b);
      case ANY -> b - a - 1;
    };
  }

  /** The partner of a with a rank, blocked ones included. */
  private int partnerAt(int a, int rank) {
    return switch (pairing) {
      case IN_PROMPT -> groups.later(a, rank);
      case CROSS_PROMPT -> a + 1 + rank + skippedBefore(a, rank);
      case ANY -> a + 1 + rank;
    };
  }

  /** How many rows of a's own prompt come before its cross-prompt partner of a rank. */
  private int skippedBefore(int a, int rank) {
    int low = 0;
    int high = groups.later(a);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (groups.later(a, middle) - a - 1 - middle <= rank) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int lastRowAtOrBefore(long index) {
    int low = 0;
    int high = rows();
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (before[middle] <= index) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int blockedStart(int a) {
    return blocked.placeOf((long) a << 32);
  }

  private int blockedEnd(int a) {
    return blocked.placeOf((a + 1L) << 32);
  }
}
