package dev.tiebreak.linalg;

import org.ojalgo.matrix.decomposition.Eigenvalue;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

/**
 * Symmetric eigenproblems by ojAlgo (Householder reduction and implicit QL). On one processor of 2
 * × 10⁹ cycles a second, about 2 s at d = 1,024 and 18 s at 2,048; it grows as d³ and more.
 */
final class JavaSpectra implements BlockedLinearAlgebra.Spectra {

  @Override
  public SymmetricEigen decompose(Matrix a) {
    double unit = EigenOrder.unit(a);
    int d = a.rows();
    if (unit == 0) {
      return EigenOrder.zero(d);
    }
    R064Store matrix = R064Store.FACTORY.make(d, d);
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double value = a.get(i, j) / unit;
        matrix.set(i, j, value);
        matrix.set(j, i, value);
      }
    }
    Eigenvalue<Double> decomposition = Eigenvalue.R064.make(matrix, true);
    if (!decomposition.decompose(matrix)) {
      throw new IllegalStateException("no spectrum of a " + d + " × " + d + " was found");
    }
    double[] values = new double[d];
    MatrixStore<Double> diagonal = decomposition.getD();
    for (int j = 0; j < d; j++) {
      values[j] = diagonal.doubleValue(j, j);
    }
    MatrixStore<Double> vectors = decomposition.getV();
    return EigenOrder.of(
        values,
        unit,
        (j, into) -> {
          for (int i = 0; i < d; i++) {
            into[i] = vectors.doubleValue(i, j);
          }
        });
  }
}
