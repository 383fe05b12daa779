package dev.tiebreak.replay;

import dev.tiebreak.problem.ProblemException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the results: nothing has to be computed again for another target.
 *
 * @param measure the only one that is looked at; null: all that the table has
 * @param value of the measure that is to be reached, instead of the replay's own target
 * @param standardErrors by which RANDOM's last value may be missed, instead of the replay's own
 * @param by the name of an {@link Axis}, of ablations
 */
record TableQuery(
    @Nullable String measure,
    @Nullable Double value,
    @Nullable Double standardErrors,
    @Nullable String by) {

  private static final double MOST_ERRORS = 10;

  /** Nothing in particular. */
  static final TableQuery ALL = new TableQuery(null, null, null, null);

  /** The measures of which there are to be rows. */
  List<String> measures(Results results) {
    if (measure == null) {
      return List.copyOf(results.measures());
    }
    requireMeasure(Measure.isKnown(measure), Measure.ALL);
    requireThere(results, measure);
    return List.of(measure);
  }

  /** The measures of quality that labels are counted to. */
  List<String> targetMeasures(Results results) {
    String of = target(results).measure();
    if (of == null) {
      return results.measures().stream().filter(Measure::isQuality).toList();
    }
    requireThere(results, of);
    return List.of(of);
  }

  /** Before the first cell is done nobody knows what there will be. */
  private static void requireThere(Results results, String name) {
    Set<String> there = results.measures();
    requireMeasure(
        there.isEmpty() || there.contains(name), "is none that this replay has: " + there);
  }

  private static void requireMeasure(boolean right, String wrong) {
    if (!right) {
      throw ProblemException.invalid("measure", wrong);
    }
  }

  /** What is asked for, over what the replay was asked for. */
  Target target(Results results) {
    Target own = results.settings().target();
    String of = measure == null ? own.measure() : measure;
    requireMeasure(of == null || Measure.isQuality(of), Measure.QUALITIES);
    requireMeasure(value == null || of != null, "is required with a value");
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

  /** The axis of ablations. */
  Axis axis() {
    if (by == null) {
      throw ProblemException.invalid("by", "is required");
    }
    return Axis.named(by);
  }
}
