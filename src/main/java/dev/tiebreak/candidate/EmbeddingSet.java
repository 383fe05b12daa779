package dev.tiebreak.candidate;

import dev.tiebreak.linalg.FloatMatrix;
import java.util.Arrays;

/**
 * The embeddings of a project as they were at one moment; not to be changed. Rows are responses in
 * the order of first upload, prompts are numbered in the order in which they first appear there.
 *
 * @param version of the tally that they belong to
 * @param embeddings one row a response
 * @param promptOf each row's prompt
 * @param ordinals each row's ordinal, rising
 * @param responseIds each row's id
 * @param promptIds each prompt's id
 * @param mean ē, the mean of the rows
 */
public record EmbeddingSet(
    long version,
    FloatMatrix embeddings,
    int[] promptOf,
    long[] ordinals,
    String[] responseIds,
    String[] promptIds,
    double[] mean) {

  /** The row of a response; an error where it was not stored at that moment. */
  public int rowOf(long ordinal) {
    int row = Arrays.binarySearch(ordinals, ordinal);
    if (row < 0) {
      throw new IllegalArgumentException("no response " + ordinal + " in version " + version);
    }
    return row;
  }

  /** How many responses there are. */
  public int responses() {
    return ordinals.length;
  }

  /** How many prompts there are. */
  public int prompts() {
    return promptIds.length;
  }
}
