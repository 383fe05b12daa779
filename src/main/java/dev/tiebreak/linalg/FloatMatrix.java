package dev.tiebreak.linalg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A dense row-major float32 matrix outside the heap, as embeddings are kept: little-endian, row
 * after row, of any number of elements. Freed when neither it nor a view of it is reachable.
 *
 * <p>Mutable and not synchronised: fill it before it is shared.
 */
public final class FloatMatrix {

  /** How an element lies in memory. */
  public static final ValueLayout.OfFloat ELEMENT =
      ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** A cache line, and the widest vector. */
  private static final int ALIGNMENT = 64;

  private final int rows;
  private final int columns;
  private final MemorySegment segment;

  private FloatMatrix(int rows, int columns, MemorySegment segment) {
    this.rows = rows;
    this.columns = columns;
    this.segment = segment;
  }

  /** An all-zero matrix in memory of its own, which counts as direct memory of the JVM. */
  public static FloatMatrix allocate(int rows, int columns) {
    long bytes = bytes(rows, columns);
    return new FloatMatrix(rows, columns, Arena.ofAuto().allocate(bytes, ALIGNMENT));
  }

  /**
   * A copy of numbers on the heap.
   *
   * @param values rows × columns numbers, row after row
   */
  public static FloatMatrix of(int rows, int columns, float... values) {
    if ((long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          rows + " × " + columns + " does not match " + values.length + " values");
    }
    FloatMatrix matrix = allocate(rows, columns);
    MemorySegment.copy(values, 0, matrix.segment, ELEMENT, 0, values.length);
    return matrix;
  }

  /**
   * A view of memory, mapped from a file for example.
   *
   * @param segment rows × columns little-endian float32, off the heap, aligned to 4 bytes
   */
  public static FloatMatrix view(int rows, int columns, MemorySegment segment) {
    if (segment.byteSize() != bytes(rows, columns)
        || !segment.isNative()
        || segment.address() % Float.BYTES != 0) {
      throw new IllegalArgumentException(rows + " × " + columns + " does not match " + segment);
    }
    return new FloatMatrix(rows, columns, segment);
  }

  private static long bytes(int rows, int columns) {
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException(rows + " × " + columns);
    }
    return Math.multiplyExact((long) rows * columns, Float.BYTES);
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The number of columns. */
  public int columns() {
    return columns;
  }

  /** The numbers, rows × columns × 4 bytes of {@link #ELEMENT}, row after row; not a copy. */
  public MemorySegment segment() {
    return segment;
  }

  /** The number in a row and a column; for single numbers, not for loops. */
  public float get(int row, int column) {
    return segment.getAtIndex(ELEMENT, start(row) + column);
  }

  /** Changes one number. */
  public void set(int row, int column, float value) {
    segment.setAtIndex(ELEMENT, start(row) + column, value);
  }

  /** Copies a row to {@code into[offset .. offset + columns)}. */
  public void copyRow(int row, float[] into, int offset) {
    MemorySegment.copy(segment, ELEMENT, start(row) * Float.BYTES, into, offset, columns);
  }

  /** Copies a row to {@code into[offset .. offset + columns)}, widened. */
  public void copyRow(int row, double[] into, int offset) {
    long start = start(row);
    for (int j = 0; j < columns; j++) {
      into[offset + j] = segment.getAtIndex(ELEMENT, start + j);
    }
  }

  /** Changes a row to {@code from[offset .. offset + columns)}. */
  public void setRow(int row, float[] from, int offset) {
    MemorySegment.copy(from, offset, segment, ELEMENT, start(row) * Float.BYTES, columns);
  }

  /** The rows {@code from .. to}, the latter excluded: a view of the same memory. */
  public FloatMatrix rows(int from, int to) {
    if (from < 0 || from > to || to > rows) {
      throw new IndexOutOfBoundsException("rows " + from + " to " + to + " of " + rows);
    }
    long bytes = (long) (to - from) * columns * Float.BYTES;
    return new FloatMatrix(to - from, columns, segment.asSlice(start(from) * Float.BYTES, bytes));
  }

  /** A copy on the heap, of at most 2³¹ − 1 numbers. */
  public float[] toArray() {
    float[] values = new float[Math.multiplyExact(rows, columns)];
    MemorySegment.copy(segment, ELEMENT, 0, values, 0, values.length);
    return values;
  }

  private long start(int row) {
    return (long) row * columns;
  }
}
