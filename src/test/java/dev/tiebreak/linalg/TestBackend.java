package dev.tiebreak.linalg;

/** What every kernel is tested on. Fails where the native library or the module is missing. */
enum TestBackend {
  OPENBLAS,
  VECTOR,
  PLAIN;

  LinearAlgebra open(int threads) {
    return switch (this) {
      case OPENBLAS -> openBlas(threads);
      case VECTOR -> java("vector", threads);
      case PLAIN -> java("plain", threads);
    };
  }

  private static LinearAlgebra java(String kernels, int threads) {
    return new BlockedLinearAlgebra(JavaProducts.of(kernels), new JavaSpectra(), threads);
  }

  private static LinearAlgebra openBlas(int threads) {
    try {
      return Backend.OPENBLAS.open(threads).algebra();
    } catch (UnavailableBackendException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }
}
