package dev.tiebreak.replay;

import dev.tiebreak.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Another target than the replay's own, asked for in a query: nothing has to be computed again for
 * it.
 */
record TargetQuery(
    @Nullable String measure, @Nullable Double value, @Nullable Double standardErrors) {

  private static final double MOST_ERRORS = 10;

  /** What is asked for, over what the replay was asked for. */
  Target over(Target own) {
    String of = measure == null ? own.measure() : measure;
    if (of != null && !Measure.isQuality(of)) {
      throw ProblemException.invalid("measure", Measure.QUALITIES);
    }
    if (value != null && of == null) {
      throw ProblemException.invalid("measure", "is required with a value");
    }
    if (value != null && !Double.isFinite(value)) {
      throw ProblemException.invalid("value", "must be a number");
    }
    if (standardErrors != null && !(standardErrors >= 0 && standardErrors <= MOST_ERRORS)) {
      throw ProblemException.invalid("standardErrors", "must be a number from 0 to 10");
    }
    boolean another = measure != null && !measure.equals(own.measure());
    return new Target(
        of,
        value == null && !another && standardErrors == null ? own.value() : value,
        standardErrors == null ? own.standardErrors() : standardErrors);
  }
}
