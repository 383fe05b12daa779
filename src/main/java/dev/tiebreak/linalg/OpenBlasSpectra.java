package dev.tiebreak.linalg;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** LAPACK's {@code dsyevd} (divide and conquer); where it does not converge, as in Java. */
record OpenBlasSpectra(OpenBlas blas) implements BlockedLinearAlgebra.Spectra {

  private static final int LINE = 64;

  @Override
  public SymmetricEigen decompose(Matrix a) {
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
        return new JavaSpectra().decompose(a);
      }
      return EigenOrder.of(
          values.toArray(JAVA_DOUBLE),
          unit,
          (j, into) ->
              MemorySegment.copy(vectors, JAVA_DOUBLE, (long) j * d * Double.BYTES, into, 0, d));
    }
  }
}
