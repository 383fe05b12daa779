package dev.tiebreak;

import dev.tiebreak.linalg.Backend;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.UnavailableBackendException;

/**
 * The kernels that unit tests run on: as the service's, {@code -Dtiebreak.linalg.backend=JAVA} for
 * another choice.
 */
public final class TestAlgebra {

  private TestAlgebra() {}

  /** Kernels on two threads. */
  public static LinearAlgebra open() {
    try {
      return Backend.valueOf(System.getProperty("tiebreak.linalg.backend", "AUTO"))
          .open(2)
          .algebra();
    } catch (UnavailableBackendException e) {
      throw new IllegalStateException(e);
    }
  }
}
