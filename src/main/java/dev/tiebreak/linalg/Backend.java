package dev.tiebreak.linalg;

import org.jspecify.annotations.Nullable;

/** What the kernels run on. */
public enum Backend {
  /** {@link #OPENBLAS} where its library loads, else {@link #JAVA}. */
  AUTO,
  /** OpenBLAS, the native library that comes with a build for its platform. */
  OPENBLAS,
  /** Java alone. */
  JAVA;

  /**
   * Kernels, and what they run on.
   *
   * @param algebra the kernels
   * @param backend OPENBLAS or JAVA
   * @param version of the library, or of Java
   * @param configuration what the library says of itself: version, processor, threading
   * @param threads how many they use
   * @param reason why AUTO took JAVA; null where it didn't
   */
  public record Opened(
      LinearAlgebra algebra,
      Backend backend,
      String version,
      String configuration,
      int threads,
      @Nullable String reason) {}

  /**
   * Opens the backend.
   *
   * @param threads 1 or more
   * @throws UnavailableBackendException where OPENBLAS is asked for and does not load
   */
  public Opened open(int threads) throws UnavailableBackendException {
    if (threads < 1) {
      throw new IllegalArgumentException("threads < 1");
    }
    return switch (this) {
      case OPENBLAS -> openBlas(threads);
      case JAVA -> java(threads, null);
      case AUTO -> {
        try {
          yield openBlas(threads);
        } catch (UnavailableBackendException e) {
          yield java(threads, e.getMessage());
        }
      }
    };
  }

  private static Opened openBlas(int threads) throws UnavailableBackendException {
    OpenBlas blas = OpenBlasLibrary.get();
    BlockProducts products = new OpenBlasProducts(blas);
    String configuration = blas.configuration();
    String[] words = configuration.split("\\s+", 3); // OpenBLAS 0.3.31 …
    return new Opened(
        new BlockedLinearAlgebra(products, new OpenBlasSpectra(blas), threads),
        OPENBLAS,
        words.length > 1 ? words[1] : configuration,
        configuration,
        threads,
        null);
  }

  private static Opened java(int threads, @Nullable String reason) {
    String version = Runtime.version().toString();
    BlockProducts products = JavaProducts.of(VectorModule.asked());
    return new Opened(
        new BlockedLinearAlgebra(products, new JavaSpectra(), threads),
        JAVA,
        version,
        "Java " + version,
        threads,
        reason);
  }
}
