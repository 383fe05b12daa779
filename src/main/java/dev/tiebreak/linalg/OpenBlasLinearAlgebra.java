package dev.tiebreak.linalg;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The kernels on OpenBLAS. Stateless and safe to share; the number of threads is the library's and
 * holds for the whole process.
 *
 * <p>Short calls work on Java's arrays in place, and garbage collection waits for them; longer ones
 * on copies outside the heap, made block by block.
 */
final class OpenBlasLinearAlgebra implements LinearAlgebra {

  /** Multiply-adds of a call that may hold up garbage collection: below a millisecond. */
  private static final long SHORT_CALL = 10_000_000;

  /** The fewest rows that a block has, so that the library's packing of the other factor pays. */
  private static final int LEAST_ROWS = 256;

  /** The most numbers in a block of rows. */
  private static final int BLOCK = 1 << 22;

  private static final int LINE = 64;

  private final OpenBlas blas;

  /**
   * Kernels on so many threads.
   *
   * @param threads 1 or more; replaces what was set before, for all users of the library
   */
  OpenBlasLinearAlgebra(OpenBlas blas, int threads) {
    this.blas = blas;
    blas.setThreads(threads);
  }

  @Override
  public void addWeightedGram(Matrix a, double[] weights, Matrix into) {
    addWeightedGram(Rows.of(a), weights, into);
  }

  @Override
  public void addWeightedGram(FloatMatrix a, double[] weights, Matrix into) {
    addWeightedGram(Rows.of(a), weights, into);
  }

  private void addWeightedGram(Rows a, double[] weights, Matrix into) {
    Shapes.requireWeights(weights, a);
    Shapes.requireGram(into, a);
    int d = a.columns();
    int[] added = IntStream.range(0, weights.length).filter(i -> !(weights[i] < 0)).toArray();
    int[] subtracted = IntStream.range(0, weights.length).filter(i -> weights[i] < 0).toArray();
    int height = height(d, d, a.count());
    double[] block = new double[height * d];
    try (Arena arena = Arena.ofConfined()) {
      boolean inPlace = inPlace(d, d);
      MemorySegment heap = MemorySegment.ofArray(block);
      MemorySegment rows = inPlace ? heap : arena.allocate(heap.byteSize(), LINE);
      MemorySegment sum =
          inPlace
              ? MemorySegment.ofArray(new double[d * d])
              : arena.allocate((long) d * d * Double.BYTES, LINE);
      for (int[] chosen : new int[][] {added, subtracted}) {
        for (int start = 0; start < chosen.length; start += height) {
          int count = Math.min(height, chosen.length - start);
          loadScaled(a, chosen, start, count, weights, block);
          copy(heap, rows, (long) count * d);
          blas.addGram(count, d, chosen == added ? 1 : -1, rows, sum);
        }
      }
      SymmetricSums.add(sum, into);
    }
  }

  /** Rows times the root of their weight's magnitude. */
  private static void loadScaled(
      Rows a, int[] chosen, int start, int count, double[] weights, double[] block) {
    int d = a.columns();
    for (int i = 0; i < count; i++) {
      int row = chosen[start + i];
      double root = Math.sqrt(Math.abs(weights[row]));
      int offset = i * d;
      a.load(row, block, offset);
      for (int j = 0; j < d; j++) {
        block[offset + j] *= root;
      }
    }
  }

  @Override
  public void addGram(FloatMatrix a, Matrix into) {
    Shapes.requireGram(into, Rows.of(a));
    if (!SingleRange.holds(a)) {
      double[] ones = new double[a.rows()];
      Arrays.fill(ones, 1);
      addWeightedGram(a, ones, into);
      return;
    }
    int d = a.columns();
    int height = SingleRange.height(d);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment gram = arena.allocate((long) d * d * Float.BYTES, LINE);
      FloatMatrix rows = FloatMatrix.view(d, d, gram);
      float[] row = new float[d];
      for (int start = 0; start < a.rows(); start += height) {
        FloatMatrix block = a.rows(start, Math.min(start + height, a.rows()));
        blas.gram32(block.rows(), d, block.segment(), gram);
        SymmetricSums.add(
            (p, count, strip, offset) -> {
              rows.copyRow(p, row, 0);
              for (int q = 0; q < count; q++) {
                strip[offset + q] = row[q];
              }
            },
            into);
      }
    }
  }

  @Override
  public Matrix multiply(Matrix a, Matrix b) {
    return multiply(Rows.of(a), b);
  }

  @Override
  public Matrix multiply(FloatMatrix a, Matrix b) {
    return multiply(Rows.of(a), b);
  }

  private Matrix multiply(Rows a, Matrix b) {
    Shapes.requireProduct(a, b);
    int n = a.count();
    int k = b.rows();
    int m = b.columns();
    Matrix product = Matrix.zeros(n, m);
    boolean inPlace = inPlace(k, m);
    int height = height(k, m, n);
    double[] scratch = a.scratch(height);
    MemorySegment result = MemorySegment.ofArray(product.values());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment right = MemorySegment.ofArray(b.values());
      MemorySegment left = MemorySegment.NULL;
      MemorySegment out = MemorySegment.NULL;
      if (!inPlace) {
        right = copied(right, arena);
        left = arena.allocate((long) height * k * Double.BYTES, LINE);
        out = arena.allocate((long) height * m * Double.BYTES, LINE);
      }
      for (int start = 0; start < n; start += height) {
        int count = Math.min(height, n - start);
        MemorySegment rows = a.block(start, count, scratch);
        MemorySegment target =
            result.asSlice((long) start * m * Double.BYTES, (long) count * m * Double.BYTES);
        if (inPlace) {
          blas.multiply(count, k, m, rows, right, target);
        } else {
          copy(rows, left, (long) count * k);
          blas.multiply(count, k, m, left, right, out);
          copy(out, target, (long) count * m);
        }
      }
    }
    return product;
  }

  @Override
  public void addTransposedProduct(Matrix a, Matrix b, Matrix into) {
    Shapes.requireTransposedProduct(a, b, into);
    int d = a.columns();
    int m = b.columns();
    int height = height(d, m, a.rows());
    MemorySegment left = MemorySegment.ofArray(a.values());
    MemorySegment right = MemorySegment.ofArray(b.values());
    MemorySegment sum = MemorySegment.ofArray(into.values());
    try (Arena arena = Arena.ofConfined()) {
      boolean inPlace = inPlace(d, m);
      MemorySegment target = inPlace ? sum : copied(sum, arena);
      for (int start = 0; start < a.rows(); start += height) {
        int count = Math.min(height, a.rows() - start);
        MemorySegment rows =
            left.asSlice((long) start * d * Double.BYTES, (long) count * d * Double.BYTES);
        MemorySegment others =
            right.asSlice((long) start * m * Double.BYTES, (long) count * m * Double.BYTES);
        blas.addTransposedProduct(
            count,
            d,
            m,
            inPlace ? rows : copied(rows, arena),
            inPlace ? others : copied(others, arena),
            target);
      }
      copy(target, sum, (long) d * m);
    }
  }

  @Override
  public double[] multiply(Matrix a, double[] x) {
    return MatrixVectors.multiply(a, x);
  }

  @Override
  public double[] multiplyTransposed(Matrix a, double[] x) {
    return MatrixVectors.multiplyTransposed(a, x);
  }

  @Override
  public @Nullable Cholesky cholesky(Matrix a) {
    Shapes.requireSquare(a);
    int d = a.rows();
    Matrix lower = a.copy();
    MemorySegment heap = MemorySegment.ofArray(lower.values());
    boolean definite;
    if ((long) d * d * d / 6 <= SHORT_CALL) {
      definite = blas.factor(d, heap);
    } else {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment copy = copied(heap, arena);
        definite = blas.factor(d, copy);
        copy(copy, heap, (long) d * d);
      }
    }
    if (!definite || !LowerFactor.finite(lower)) {
      return null;
    }
    LowerFactor.clearUpper(lower);
    return new LowerFactor(lower, this::whiten);
  }

  private void whiten(Matrix lower, Matrix rows) {
    int d = lower.rows();
    int n = rows.rows();
    MemorySegment all = MemorySegment.ofArray(rows.values());
    MemorySegment factor = MemorySegment.ofArray(lower.values());
    boolean inPlace = inPlace(d, d);
    int height = height(d, d, n);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment l = inPlace ? factor : copied(factor, arena);
      MemorySegment block =
          inPlace ? MemorySegment.NULL : arena.allocate((long) height * d * Double.BYTES, LINE);
      for (int start = 0; start < n; start += height) {
        int count = Math.min(height, n - start);
        MemorySegment slice =
            all.asSlice((long) start * d * Double.BYTES, (long) count * d * Double.BYTES);
        if (inPlace) {
          blas.whiten(count, d, l, slice);
        } else {
          copy(slice, block, (long) count * d);
          blas.whiten(count, d, l, block);
          copy(block, slice, (long) count * d);
        }
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>LAPACK's {@code dsyevd} (divide and conquer); where it does not converge, as the fallback.
   */
  @Override
  public SymmetricEigen eigen(Matrix a) {
    Shapes.requireSquare(a);
    int d = a.rows();
    double unit = EigenOrder.unit(a);
    if (unit == 0) {
      return EigenOrder.zero(d);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment vectors = arena.allocate((long) d * d * Double.BYTES, LINE);
      MemorySegment values = arena.allocate((long) d * Double.BYTES, LINE);
      double[] row = new double[d];
      for (int i = 0; i < d; i++) {
        for (int j = 0; j <= i; j++) {
          row[j] = a.values()[i * d + j] / unit;
        }
        MemorySegment.copy(row, 0, vectors, JAVA_DOUBLE, (long) i * d * Double.BYTES, i + 1);
      }
      if (!blas.decompose(d, vectors, values)) {
        return CommonsMathEigen.decompose(a);
      }
      return EigenOrder.of(
          values.toArray(JAVA_DOUBLE),
          unit,
          (j, into) ->
              MemorySegment.copy(vectors, JAVA_DOUBLE, (long) j * d * Double.BYTES, into, 0, d));
    }
  }

  /** Whether blocks of rows times a k × m matrix are short calls. */
  private static boolean inPlace(int k, int m) {
    return (long) k * m * LEAST_ROWS <= SHORT_CALL;
  }

  /** Rows of a block times a k × m matrix. */
  private static int height(int k, int m, int n) {
    long most = BLOCK / Math.max(1, Math.max(k, m));
    if (inPlace(k, m)) {
      most = Math.min(most, SHORT_CALL / Math.max(1, (long) k * m));
    }
    return (int) Math.min(n, Math.max(LEAST_ROWS, most));
  }

  private static MemorySegment copied(MemorySegment heap, Arena arena) {
    MemorySegment copy = arena.allocate(heap.byteSize(), LINE);
    MemorySegment.copy(heap, 0, copy, 0, heap.byteSize());
    return copy;
  }

  /** Copies the first numbers, unless it is the same memory. */
  private static void copy(MemorySegment from, MemorySegment to, long numbers) {
    if (!from.equals(to)) {
      MemorySegment.copy(from, 0, to, 0, numbers * Double.BYTES);
    }
  }
}
