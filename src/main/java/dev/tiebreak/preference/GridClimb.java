package dev.tiebreak.preference;

import java.util.function.ToDoubleFunction;

/**
 * The way through the grid of exponents and λ. The evidence is smooth in log λ: each exponent is
 * scanned at every third λ, and from every local maximum of the scan the fine grid is climbed.
 *
 * @param lambdas how many λ there are
 * @param evidence of a grid point, remembered by whoever gives it
 */
record GridClimb(int lambdas, ToDoubleFunction<Position> evidence) {

  private static final int COARSE = 3;

  /** A grid point, by index into the exponents and the precisions. */
  record Position(int exponent, int lambda) {}

  /** Scans and climbs. */
  void exponent(int exponent) {
    for (int j = lambdas - 1; j > 0; j -= COARSE) {
      value(new Position(exponent, j));
    }
    value(new Position(exponent, 0));
    int top = lambdas - 1;
    for (int j = top; j >= 0; j = j == 0 ? -1 : Math.max(0, j - COARSE)) {
      Position here = new Position(exponent, j);
      Position above = new Position(exponent, Math.min(top, j + COARSE));
      Position below = new Position(exponent, Math.max(0, j - COARSE));
      if (value(above) <= value(here) && value(below) <= value(here)) {
        climb(here);
      }
    }
  }

  private void climb(Position from) {
    Position here = from;
    for (Position next = bestNeighbour(here); !next.equals(here); next = bestNeighbour(here)) {
      here = next;
    }
  }

  private Position bestNeighbour(Position here) {
    Position found = here;
    for (int step = 1; step >= -1; step -= 2) {
      int j = here.lambda + step;
      if (j >= 0 && j < lambdas) {
        Position neighbour = new Position(here.exponent, j);
        found = preferred(neighbour, found) ? neighbour : found;
      }
    }
    return found;
  }

  /** Whether the first has more evidence; ties go to the smaller exponent, then the greater λ. */
  boolean preferred(Position left, Position right) {
    double a = value(left);
    double b = value(right);
    if (a != b) {
      return a > b;
    }
    return left.exponent != right.exponent
        ? left.exponent < right.exponent
        : left.lambda > right.lambda;
  }

  private double value(Position position) {
    return evidence.applyAsDouble(position);
  }
}
