package dev.tiebreak.design;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The candidates C of a batch, ordered by candidate index: pairs (a, b), a &lt; b, by a and then b.
 */
sealed interface CandidateSet permits AllowedPairs, SampledPairs {

  /** The number n of rows that pairs are made of. */
  int rows();

  /** The exact number of candidates. */
  long count();

  /** The pair with a candidate index, packed as in {@link PairSet}. */
  long pairAt(long index);

  /** Whether a packed pair of two different rows is a candidate. */
  boolean contains(long pair);

  /** Whether most rows b &gt; a are partners of a row a. */
  boolean dense();

  /** No row has more partners than this. */
  int widestRow();

  /**
   * Writes the partners b of row {@code a} with a &lt; b and from ≤ b &lt; to, ascending.
   *
   * @param into changed
   * @return the number of partners written
   */
  int partners(int a, int from, int to, int[] into);

  /**
   * All pairs that the problem allows, or where it limits them a uniform sample without
   * replacement.
   */
  static CandidateSet of(DesignProblem problem, Uniform uniform) {
    return of(problem, null, uniform);
  }

  /**
   * The same of those pairs alone that are listed.
   *
   * @param listed null: all pairs
   */
  static CandidateSet of(DesignProblem problem, @Nullable PairSet listed, Uniform uniform) {
    AllowedPairs allowed =
        new AllowedPairs(problem.prompts(), problem.pairing(), problem.excluded());
    CandidateSet all = listed == null ? allowed : among(allowed, listed);
    Integer limit = problem.candidateLimit();
    if (limit == null || limit >= all.count()) {
      return all;
    }
    long[] sample = new UniformDraws(all, uniform).next(limit);
    return new SampledPairs(all.rows(), PairSet.ofPacked(sample));
  }

  private static SampledPairs among(AllowedPairs allowed, PairSet listed) {
    long[] pairs = Arrays.stream(listed.packed()).filter(allowed::contains).toArray();
    return new SampledPairs(allowed.rows(), PairSet.ofPacked(pairs));
  }
}
