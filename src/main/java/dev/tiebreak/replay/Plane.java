package dev.tiebreak.replay;

import java.util.Arrays;

/**
 * Where responses stand in the picture of picks. Only those that are drawn have a place.
 *
 * @param x across, one a row; NaN where it has no place
 * @param y up
 * @param xWords of the axis
 * @param yWords of the axis
 */
record Plane(double[] x, double[] y, String xWords, String yWords) {

  /** A plane in which no row has a place yet. */
  static Plane empty(int rows, String xWords, String yWords) {
    double[] x = new double[rows];
    Arrays.fill(x, Double.NaN);
    return new Plane(x, x.clone(), xWords, yWords);
  }

  /** Whether a row has a place; one beyond the last has none. */
  boolean has(int row) {
    return row < x.length && Double.isFinite(x[row]) && Double.isFinite(y[row]);
  }
}
