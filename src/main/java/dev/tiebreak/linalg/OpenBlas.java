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
 * The functions of OpenBLAS that the kernels call, for row-major matrices without gaps between
 * rows.
 *
 * <p>A segment may be on the heap; garbage collection then waits for the call, so give it work of a
 * millisecond at most. Shapes are not checked here.
 */
final class OpenBlas {

  private static final int ROW_MAJOR = 101;
  private static final int COLUMN_MAJOR = 102;
  private static final int NO_TRANSPOSE = 111;
  private static final int TRANSPOSE = 112;
  private static final int LOWER = 122;
  private static final int NON_UNIT = 131;
  private static final int RIGHT = 142;

  /** A function, bound once for memory off the heap and once for memory on it. */
  private record Function(MethodHandle offHeap, MethodHandle onHeap) {

    MethodHandle over(MemorySegment a, MemorySegment b) {
      return a.isNative() && b.isNative() ? offHeap : onHeap;
    }
  }

  private final SymbolLookup library;
  private final Function dgemm;
  private final Function dsyrk;
  private final Function ssyrk;
  private final Function dtrsm;
  private final Function dpotrf;
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
        function(
            "cblas_dgemm", FunctionDescriptor.ofVoid(i, i, i, i, i, i, d, p, i, p, i, d, p, i));
    dsyrk = function("cblas_dsyrk", FunctionDescriptor.ofVoid(i, i, i, i, i, d, p, i, d, p, i));
    ssyrk = function("cblas_ssyrk", FunctionDescriptor.ofVoid(i, i, i, i, i, f, p, i, f, p, i));
    dtrsm = function("cblas_dtrsm", FunctionDescriptor.ofVoid(i, i, i, i, i, i, i, d, p, i, p, i));
    dpotrf = function("LAPACKE_dpotrf", FunctionDescriptor.of(i, i, JAVA_BYTE, i, p, i));
    dsyevd = bind("LAPACKE_dsyevd", FunctionDescriptor.of(i, i, JAVA_BYTE, JAVA_BYTE, i, p, i, p));
    setThreads = bind("openblas_set_num_threads", FunctionDescriptor.ofVoid(i));
    configuration = readConfiguration();
  }

  private Function function(String name, FunctionDescriptor type)
      throws UnavailableBackendException {
    return new Function(bind(name, type), bind(name, type, Linker.Option.critical(true)));
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
  void setThreads(int threads) {
    try {
      setThreads.invokeExact(threads);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** c = a b, with a of n × k, b of k × m. */
  void multiply(int n, int k, int m, MemorySegment a, MemorySegment b, MemorySegment c) {
    if (n == 0 || k == 0 || m == 0) {
      c.fill((byte) 0);
      return;
    }
    try {
      dgemm
          .over(a, c)
          .invokeExact(ROW_MAJOR, NO_TRANSPOSE, NO_TRANSPOSE, n, m, k, 1.0, a, k, b, m, 0.0, c, m);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** c += aᵀ b, with a of n × d, b of n × m. */
  void addTransposedProduct(
      int n, int d, int m, MemorySegment a, MemorySegment b, MemorySegment c) {
    if (n == 0 || d == 0 || m == 0) {
      return;
    }
    try {
      dgemm
          .over(a, c)
          .invokeExact(ROW_MAJOR, TRANSPOSE, NO_TRANSPOSE, d, m, n, 1.0, a, d, b, m, 1.0, c, m);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The lower triangle of c += sign · aᵀ a, with a of n × d. */
  void addGram(int n, int d, double sign, MemorySegment a, MemorySegment c) {
    if (n == 0 || d == 0) {
      return;
    }
    try {
      dsyrk.over(a, c).invokeExact(ROW_MAJOR, LOWER, TRANSPOSE, d, n, sign, a, d, 1.0, c, d);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The lower triangle of c = aᵀ a in float32, with a of n × d. */
  void gram32(int n, int d, MemorySegment a, MemorySegment c) {
    if (n == 0 || d == 0) {
      c.fill((byte) 0);
      return;
    }
    try {
      ssyrk.over(a, c).invokeExact(ROW_MAJOR, LOWER, TRANSPOSE, d, n, 1f, a, d, 0f, c, d);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Each of the n rows b of {@code rows} becomes L⁻¹ b; of L, d × d, the lower triangle is read.
   */
  void whiten(int n, int d, MemorySegment lower, MemorySegment rows) {
    if (n == 0 || d == 0) {
      return;
    }
    try {
      dtrsm
          .over(lower, rows)
          .invokeExact(ROW_MAJOR, RIGHT, LOWER, TRANSPOSE, NON_UNIT, n, d, 1.0, lower, d, rows, d);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * The lower triangle of a becomes L.
   *
   * @return whether it is positive definite; a number that is not finite may pass
   */
  boolean factor(int d, MemorySegment a) {
    if (d == 0) {
      return true;
    }
    try {
      int failure = (int) dpotrf.over(a, a).invokeExact(COLUMN_MAJOR, (byte) 'U', d, a, d);
      return failure == 0;
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
