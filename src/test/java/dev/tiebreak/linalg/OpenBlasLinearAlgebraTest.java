package dev.tiebreak.linalg;

/** Fails where the library doesn't load: every platform that builds carries its own. */
final class OpenBlasLinearAlgebraTest extends LinearAlgebraKit {

  @Override
  LinearAlgebra open(int threads) {
    try {
      return Backend.OPENBLAS.open(threads).algebra();
    } catch (UnavailableBackendException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }
}
