package dev.tiebreak.linalg;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/** Symmetric eigenproblems by Commons Math, with Jacobi rotations where its QL gives up. */
final class CommonsMathEigen {

  private CommonsMathEigen() {}

  static SymmetricEigen decompose(Matrix a) {
    int d = a.rows();
    double[][] rows = CommonsMathCholesky.mirrored(a);
    double scale = largestMagnitude(rows);
    if (!Double.isFinite(scale)) {
      throw new IllegalArgumentException("a number of the " + d + " × " + d + " is not finite");
    }
    if (scale == 0) {
      return new SymmetricEigen(new double[d], Matrix.scaledIdentity(d, 1));
    }
    // a power of two, so that scaling is exact: the library's thresholds are absolute in places
    double unit = Math.scalb(1.0, Math.getExponent(scale));
    for (double[] row : rows) {
      for (int j = 0; j < d; j++) {
        row[j] /= unit;
      }
    }
    return ordered(columns(rows), unit);
  }

  private static double largestMagnitude(double[][] rows) {
    double largest = 0;
    for (double[] row : rows) {
      for (double value : row) {
        largest = Math.max(largest, Math.abs(value)); // Math.max keeps NaN
      }
    }
    return largest;
  }

  /** Eigenvalues, unordered, and the eigenvectors as rows. */
  record Pairs(double[] values, double[][] vectors) {}

  private static Pairs columns(double[][] rows) {
    try {
      var decomposition = new EigenDecomposition(new Array2DRowRealMatrix(rows, true));
      double[] values = decomposition.getRealEigenvalues();
      return new Pairs(values, decomposition.getVT().getData());
    } catch (MaxCountExceededException e) {
      return JacobiEigen.decompose(rows);
    }
  }

  private static SymmetricEigen ordered(Pairs pairs, double unit) {
    int d = pairs.values.length;
    int[] order =
        IntStream.range(0, d)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -pairs.values[j]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = Arrays.stream(order).mapToDouble(j -> pairs.values[j] * unit).toArray();
    Matrix vectors = Matrix.zeros(d, d);
    for (int j = 0; j < d; j++) {
      double[] vector = pairs.vectors[order[j]];
      double sign = sign(vector);
      for (int i = 0; i < d; i++) {
        vectors.values()[i * d + j] = sign * vector[i];
      }
    }
    return new SymmetricEigen(values, vectors);
  }

  /** The sign that makes the largest entry by magnitude positive; the first of equals decides. */
  private static double sign(double[] vector) {
    double largest = 0;
    for (double value : vector) {
      if (Math.abs(value) > Math.abs(largest)) {
        largest = value;
      }
    }
    return largest < 0 ? -1 : 1;
  }
}
