package dev.tiebreak.candidate;

import dev.tiebreak.linalg.FloatMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A project's embeddings as one block of memory, with room behind the last row. What was handed out
 * as an {@link EmbeddingSet} never changes: rows are only added behind those it shows, and rows are
 * replaced in a copy of the block.
 *
 * <p>Not synchronised; of no use any more where filling it has failed half-way.
 */
final class ResidentSet {

  /** Bytes of a row beside its embedding: ordinal, prompt, and the string of its id. */
  private static final long ROW_OVERHEAD = 128;

  private FloatMatrix block;
  private int[] promptOf;
  private long[] ordinals;
  private String[] responseIds;
  private int rows;

  /** Numbers of prompts, and the prompts by number, in the order of first appearance. */
  private final Map<String, Integer> numbers = new HashMap<>();

  private final List<String> promptIds = new ArrayList<>();
  private double[] sum;

  /** Whether rows of the block are shown by a set that was handed out. */
  private boolean shown;

  /** Whether rows were replaced since, so that sums and numbers are to be made anew. */
  private boolean replaced;

  /** An empty one with room for so many rows. */
  ResidentSet(int capacity, int dimension) {
    block = FloatMatrix.allocate(capacity, dimension);
    promptOf = new int[capacity];
    ordinals = new long[capacity];
    responseIds = new String[capacity];
    sum = new double[dimension];
  }

  /** The memory of so many rows of a dimension, and of their prompts. */
  static long bytes(long rows, int dimension, long prompts) {
    return rows * ((long) dimension * Float.BYTES + ROW_OVERHEAD) + prompts * ROW_OVERHEAD;
  }

  /** The memory that it takes. */
  long bytes() {
    return bytes(block.rows(), block.columns(), promptIds.size());
  }

  /** The numbers of an embedding. */
  int dimension() {
    return block.columns();
  }

  /** How many rows it has. */
  int rows() {
    return rows;
  }

  /** How many rows it has room for. */
  int capacity() {
    return block.rows();
  }

  /** Moves to a block with room for so many rows; what was handed out keeps the old one. */
  void grow(int capacity) {
    FloatMatrix larger = FloatMatrix.allocate(capacity, block.columns());
    larger.rows(0, rows).segment().copyFrom(block.rows(0, rows).segment());
    block = larger;
    promptOf = Arrays.copyOf(promptOf, capacity);
    ordinals = Arrays.copyOf(ordinals, capacity);
    responseIds = Arrays.copyOf(responseIds, capacity);
    shown = false;
  }

  /**
   * Takes a response as it is stored now: behind the last row, or in the place of its row.
   *
   * @param ordinal any that is there, or a greater one than all of them
   * @param embedding little-endian float32
   */
  void put(long ordinal, String responseId, String promptId, byte[] embedding) {
    int columns = block.columns();
    if (embedding.length != columns * Float.BYTES) {
      throw new IllegalStateException(
          "response " + ordinal + " has " + embedding.length + " bytes, not 4 × " + columns);
    }
    float[] numbersOfRow = Float32.read(embedding);
    boolean behind = rows == 0 || ordinal > ordinals[rows - 1];
    int row = behind ? rows++ : Arrays.binarySearch(ordinals, 0, rows, ordinal);
    if (!behind && shown) {
      grow(block.rows());
    }
    replaced |= !behind;
    block.setRow(row, numbersOfRow, 0);
    add(numbersOfRow);
    ordinals[row] = ordinal;
    responseIds[row] = responseId;
    promptOf[row] = number(promptId);
  }

  private void add(float[] row) {
    for (int j = 0; j < row.length; j++) {
      sum[j] += row[j];
    }
  }

  private int number(String promptId) {
    return numbers.computeIfAbsent(
        promptId,
        unseen -> {
          promptIds.add(promptId);
          return promptIds.size() - 1;
        });
  }

  /** The embeddings as of this version. */
  EmbeddingSet set(long version) {
    if (replaced) {
      sumAnew();
      numberAnew();
      replaced = false;
    }
    double[] mean = sum.clone();
    for (int j = 0; j < mean.length; j++) {
      mean[j] /= Math.max(rows, 1);
    }
    shown = true;
    return new EmbeddingSet(
        version,
        block.rows(0, rows),
        Arrays.copyOf(promptOf, rows),
        Arrays.copyOf(ordinals, rows),
        Arrays.copyOf(responseIds, rows),
        promptIds.toArray(String[]::new),
        mean);
  }

  /** In the order of rows, so that the mean does not depend on how the set came about. */
  private void sumAnew() {
    sum = new double[sum.length];
    float[] row = new float[sum.length];
    for (int i = 0; i < rows; i++) {
      block.copyRow(i, row, 0);
      add(row);
    }
  }

  private void numberAnew() {
    List<String> former = List.copyOf(promptIds);
    numbers.clear();
    promptIds.clear();
    for (int i = 0; i < rows; i++) {
      promptOf[i] = number(former.get(promptOf[i]));
    }
  }
}
