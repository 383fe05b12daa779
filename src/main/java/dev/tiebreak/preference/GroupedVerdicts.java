package dev.tiebreak.preference;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Verdicts added up by unordered pair and annotator, in ascending order of (a, b, annotator): the
 * same verdicts give the same rows in whatever order and orientation they came.
 *
 * <p>An effect is given to every annotator and to every prompt that was compared with another one.
 * Where there are more than {@link #MOST_ANNOTATORS} or {@link #MOST_PROMPTS}, those with most
 * verdicts have one (ties go to the smaller number), and that of the others is 0: an effect about
 * which a verdict or two tell next to nothing would be nearly 0 in any case. A single annotator has
 * none, for their temperature is the scale of the rewards.
 *
 * @param pairs by unordered pair alone
 * @param pair the pair of each row, ascending
 * @param firstPrompt the effect of the prompt of a; −1: none
 * @param secondPrompt the effect of the prompt of b; −1: none
 * @param annotator the effect of the annotator; −1: none
 * @param wins sums of the targets for a
 * @param losses sums of the targets for b
 * @param ties verdicts that count as ties; 0 where ties count as half wins
 * @param prompts the prompts that have an effect, ascending
 * @param annotators the annotators that have an effect, ascending
 */
record GroupedVerdicts(
    PairCounts pairs,
    int[] pair,
    int[] firstPrompt,
    int[] secondPrompt,
    int[] annotator,
    double[] wins,
    double[] losses,
    double[] ties,
    int[] prompts,
    int[] annotators) {

  /** Bounds the F × F algebra of all effects. */
  static final int MOST_PROMPTS = 2048;

  /** The same for annotators. */
  static final int MOST_ANNOTATORS = 512;

  /**
   * Adds up verdicts.
   *
   * @param rows n
   * @param apart whether those of each annotator stand apart
   */
  static GroupedVerdicts of(
      Judgements judgements, JudgementGroups groups, int rows, TieModel ties, boolean apart) {
    if (groups.prompts().length != rows || groups.annotators().length != judgements.size()) {
      throw new IllegalArgumentException(
          groups.prompts().length
              + " prompts of "
              + rows
              + " rows, "
              + groups.annotators().length
              + " annotators of "
              + judgements.size()
              + " verdicts");
    }
    PairCounts pairs = PairCounts.of(judgements, rows);
    int[] prompts = mostFrequent(crossed(judgements, groups.prompts()), MOST_PROMPTS);
    int[] annotators = apart ? mostFrequent(groups.annotators(), MOST_ANNOTATORS) : new int[0];
    if (annotators.length < 2) {
      annotators = new int[0];
    }
    return new Builder(judgements, groups, ties, apart, prompts, annotators).build(pairs);
  }

  /** Both prompts of each verdict that compares two. */
  private static int[] crossed(Judgements judgements, int[] prompts) {
    return IntStream.range(0, judgements.size())
        .filter(i -> prompts[judgements.a()[i]] != prompts[judgements.b()[i]])
        .flatMap(i -> IntStream.of(prompts[judgements.a()[i]], prompts[judgements.b()[i]]))
        .toArray();
  }

  /** The values that occur most, at most so many, ascending. */
  static int[] mostFrequent(int[] values, int most) {
    int[] sorted = values.clone();
    Arrays.sort(sorted);
    int[] starts =
        IntStream.range(0, sorted.length)
            .filter(i -> i == 0 || sorted[i] != sorted[i - 1])
            .toArray();
    return IntStream.range(0, starts.length)
        .boxed()
        .sorted(
            Comparator.comparingInt((Integer k) ->
                    starts[k] - (k + 1 < starts.length ? starts[k + 1] : sorted.length))
                .thenComparing(k -> k))
        .limit(most)
        .mapToInt(k -> sorted[starts[k]])
        .sorted()
        .toArray();
  }

  /** The number of rows. */
  int size() {
    return pair.length;
  }

  private static final class Builder {

    private final Judgements judgements;
    private final JudgementGroups groups;
    private final TieModel tieModel;
    private final boolean apart;
    private final int[] prompts;
    private final int[] annotators;
    private final int[] pair;
    private final int[] firstPrompt;
    private final int[] secondPrompt;
    private final int[] annotator;
    private final double[] wins;
    private final double[] losses;
    private final double[] ties;
    private int last = -1;
    private int lastPair = -1;

    Builder(
        Judgements judgements,
        JudgementGroups groups,
        TieModel tieModel,
        boolean apart,
        int[] prompts,
        int[] annotators) {
      int n = judgements.size();
      this.judgements = judgements;
      this.groups = groups;
      this.tieModel = tieModel;
      this.apart = apart;
      this.prompts = prompts;
      this.annotators = annotators;
      pair = new int[n];
      firstPrompt = new int[n];
      secondPrompt = new int[n];
      annotator = new int[n];
      wins = new double[n];
      losses = new double[n];
      ties = new double[n];
    }

    GroupedVerdicts build(PairCounts pairs) {
      List<Integer> order =
          IntStream.range(0, judgements.size())
              .boxed()
              .sorted(
                  Comparator.comparingInt(this::lesser)
                      .thenComparingInt(this::greater)
                      .thenComparingInt(this::annotator))
              .toList();
      int before = -1;
      for (int i : order) {
        add(before, i);
        before = i;
      }
      int size = last + 1;
      return new GroupedVerdicts(
          pairs,
          Arrays.copyOf(pair, size),
          Arrays.copyOf(firstPrompt, size),
          Arrays.copyOf(secondPrompt, size),
          Arrays.copyOf(annotator, size),
          Arrays.copyOf(wins, size),
          Arrays.copyOf(losses, size),
          Arrays.copyOf(ties, size),
          prompts,
          annotators);
    }

    private void add(int before, int i) {
      boolean samePair =
          before >= 0 && lesser(before) == lesser(i) && greater(before) == greater(i);
      if (!samePair) {
        lastPair++;
      }
      if (!samePair || annotator(before) != annotator(i)) {
        begin(i);
      }
      double y = judgements.y()[i];
      if (tieModel == TieModel.DAVIDSON && y == 0.5) {
        ties[last]++;
      } else {
        double won = judgements.a()[i] <= judgements.b()[i] ? y : 1 - y;
        wins[last] += won;
        losses[last] += 1 - won;
      }
    }

    private void begin(int i) {
      last++;
      pair[last] = lastPair;
      int first = groups.prompts()[lesser(i)];
      int second = groups.prompts()[greater(i)];
      firstPrompt[last] = first == second ? -1 : position(prompts, first);
      secondPrompt[last] = first == second ? -1 : position(prompts, second);
      annotator[last] = position(annotators, groups.annotators()[i]);
    }

    private static int position(int[] sorted, int value) {
      return Math.max(-1, Arrays.binarySearch(sorted, value));
    }

    private int lesser(int i) {
      return Math.min(judgements.a()[i], judgements.b()[i]);
    }

    private int greater(int i) {
      return Math.max(judgements.a()[i], judgements.b()[i]);
    }

    private int annotator(int i) {
      return apart ? groups.annotators()[i] : 0;
    }
  }
}
