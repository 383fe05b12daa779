package dev.tiebreak.linalg;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of OpenBLAS that the kernels call, for row-major matrices.
 *
 * <p>Products may be of arrays on the heap; garbage collection then waits for the call, so give it
 * work of a millisecond at most. Shapes are not checked here.
 *
 * <p>Calls use the caller's thread alone: the library's own threads hold for the whole process and
 * spin while they wait, which on a busy machine costs more than it gains. Callers share out work.
 */
final class OpenBlas {

  private static final int ROW_MAJOR = 101;
  private static final int COLUMN_MAJOR = 102;
  private static final int NO_TRANSPOSE = 111;
  private static final int TRANSPOSE = 112;
  private static final int LOWER = 122;

  private final SymbolLookup library;
  private final MethodHandle dgemm;
  private final MethodHandle sgemm;
  private final MethodHandle dsyrk;
  private final MethodHandle ssyrk;
  private final MethodHandle dgemv;
  private final MethodHandle dsyevd;
  private final MethodHandle setThreads;
  private final String configuration;

  /**
   * Binds the functions.
   *
   * @throws UnavailableBackendException where the library lacks one
   */
  OpenBlas(SymbolLookup library) throws UnavailableBackendException {
    this.library = library;
    MemoryLayout i = JAVA_INT;
    MemoryLayout d = JAVA_DOUBLE;
    MemoryLayout f = JAVA_FLOAT;
    MemoryLayout p = ADDRESS;
    dgemm =
        bind(
            "cblas_dgemm",
            FunctionDescriptor.ofVoid(i, i, i, i, i, i, d, p, i, p, i, d, p, i),
            Linker.Option.critical(true));
    sgemm =
        bind(
            "cblas_sgemm",
            FunctionDescriptor.ofVoid(i, i, i, i, i, i, f, p, i, p, i, f, p, i),
            Linker.Option.critical(true));
    dsyrk =
        bind(
            "cblas_dsyrk",
            FunctionDescriptor.ofVoid(i, i, i, i, i, d, p, i, d, p, i),
            Linker.Option.critical(true));
    ssyrk =
        bind(
            "cblas_ssyrk",
            FunctionDescriptor.ofVoid(i, i, i, i, i, f, p, i, f, p, i),
            Linker.Option.critical(true));
    dgemv =
        bind(
            "cblas_dgemv",
            FunctionDescriptor.ofVoid(i, i, i, i, d, p, i, p, i, d, p, i),
            Linker.Option.critical(true));
    dsyevd = bind("LAPACKE_dsyevd", FunctionDescriptor.of(i, i, JAVA_BYTE, JAVA_BYTE, i, p, i, p));
    setThreads = bind("openblas_set_num_threads", FunctionDescriptor.ofVoid(i));
    configuration = readConfiguration();
    setThreads(1);
  }

  private MethodHandle bind(String name, FunctionDescriptor type, Linker.Option... options)
      throws UnavailableBackendException {
    MemorySegment address =
        library
            .find(name)
            .orElseThrow(() -> new UnavailableBackendException("OpenBLAS lacks " + name));
    return Linker.nativeLinker().downcallHandle(address, type, options);
  }

  private String readConfiguration() throws UnavailableBackendException {
    MethodHandle get = bind("openblas_get_config", FunctionDescriptor.of(ADDRESS));
    try {
      MemorySegment text = (MemorySegment) get.invokeExact();
      return text.reinterpret(1024).getString(0).strip();
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** What the library says of itself, as {@code OpenBLAS 0.3.31 DYNAMIC_ARCH … SkylakeX}. */
  String configuration() {
    return configuration;
  }

  /** How many threads every later call of this process uses. */
  private void setThreads(int threads) {
    try {
      setThreads.invokeExact(threads);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** {@code c} += {@code sign} · {@code a} {@code b}. */
  void addProduct(double sign, Block a, Block b, Block c) {
    int n = c.rows();
    int m = c.columns();
    int k = a.width();
    if (n == 0 || m == 0 || k == 0) {
      return;
    }
    int ta = a.transposed() ? TRANSPOSE : NO_TRANSPOSE;
    int tb = b.transposed() ? TRANSPOSE : NO_TRANSPOSE;
    MemorySegment as = segment(a);
    MemorySegment bs = segment(b);
    MemorySegment cs = segment(c);
    int lda = a.stride();
    int ldb = b.stride();
    int ldc = c.stride();
    try {
      dgemm.invokeExact(ROW_MAJOR, ta, tb, n, m, k, sign, as, lda, bs, ldb, 1.0, cs, ldc);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The lower triangle of {@code c} += {@code sign} · {@code a} {@code a}ᵀ. */
  void addSquare(double sign, Block a, Block c) {
    int d = c.rows();
    int k = a.width();
    if (d == 0 || k == 0) {
      return;
    }
    int ta = a.transposed() ? TRANSPOSE : NO_TRANSPOSE;
    MemorySegment as = segment(a);
    MemorySegment cs = segment(c);
    int lda = a.stride();
    int ldc = c.stride();
    try {
      dsyrk.invokeExact(ROW_MAJOR, LOWER, ta, d, k, sign, as, lda, 1.0, cs, ldc);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static MemorySegment segment(Block block) {
    return MemorySegment.ofArray(block.values()).asSlice((long) block.offset() * Double.BYTES);
  }

  /** {@code products[i]} = Σ_j rows[i m + j] x[j] for from ≤ i &lt; to, m = x.length ≥ 1. */
  void multiply(double[] rows, double[] x, int from, int to, double[] products) {
    int n = to - from;
    int m = x.length;
    MemorySegment a = MemorySegment.ofArray(rows).asSlice((long) from * m * Double.BYTES);
    MemorySegment xs = MemorySegment.ofArray(x);
    MemorySegment y = MemorySegment.ofArray(products).asSlice((long) from * Double.BYTES);
    try {
      dgemv.invokeExact(ROW_MAJOR, NO_TRANSPOSE, n, m, 1.0, a, m, xs, 1, 0.0, y, 1);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * {@code sum} becomes {@code kept} times itself plus Σ_i a_ip a_iq for p .. pEnd, q .. qEnd; of a
   * square on the diagonal only the lower triangle.
   *
   * @param kept 0 or 1
   */
  void gram(FloatMatrix a, int p, int pEnd, int q, int qEnd, float kept, float[] sum) {
    int n = a.rows();
    int d = a.columns();
    int height = pEnd - p;
    int width = qEnd - q;
    MemorySegment left = a.segment().asSlice((long) (n == 0 ? 0 : p) * Float.BYTES);
    MemorySegment right = a.segment().asSlice((long) (n == 0 ? 0 : q) * Float.BYTES);
    MemorySegment into = MemorySegment.ofArray(sum);
    try {
      if (p == q && height == width) {
        ssyrk.invokeExact(ROW_MAJOR, LOWER, TRANSPOSE, width, n, 1f, left, d, kept, into, width);
        return;
      }
      sgemm.invokeExact(
          ROW_MAJOR,
          TRANSPOSE,
          NO_TRANSPOSE,
          height,
          width,
          n,
          1f,
          left,
          d,
          right,
          d,
          kept,
          into,
          width);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * The eigenvectors of a, of which the lower triangle is read, become its rows.
   *
   * @param values becomes the d eigenvalues, ascending
   * @return whether it converged
   */
  boolean decompose(int d, MemorySegment a, MemorySegment values) {
    try {
      int failure = (int) dsyevd.invokeExact(COLUMN_MAJOR, (byte) 'V', (byte) 'U', d, a, d, values);
      return failure == 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static RuntimeException unexpected(Throwable e) {
    if (e instanceof RuntimeException exception) {
      throw exception;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(e);
  }
}
