package dev.tiebreak.replay;

import dev.tiebreak.problem.ProblemException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What of an ablation is drawn. */
enum AblationFigure {
  /** The measure with all labels. */
  FINAL("%s"),
  /** The mean height of the curve. */
  AREA("%s, mean over the curve"),
  /** The labels to the target. */
  LABELS("Labels to the target of: %s");

  private final String format;

  AblationFigure(String format) {
    this.format = format;
  }

  /** By its name in a query. */
  static AblationFigure named(String name) {
    return Arrays.stream(values())
        .filter(figure -> figure.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            ProblemException.invalid("figure", "must be one of " + Arrays.toString(values())));
  }

  /** Words for an axis. */
  String words(String measure) {
    return format.formatted(Measure.words(measure));
  }

  /** Its value; NaN where there is none. */
  double value(ResultRow.Ablation row) {
    return switch (this) {
      case FINAL -> row.finalValue();
      case AREA -> row.area();
      case LABELS -> orNaN(row.toTarget().labels());
    };
  }

  /** Its standard error; NaN where there is none. */
  double standardError(ResultRow.Ablation row) {
    return switch (this) {
      case FINAL -> orNaN(row.finalStandardError());
      case AREA -> orNaN(row.areaStandardError());
      case LABELS -> orNaN(row.toTarget().labelsStandardError());
    };
  }

  private static double orNaN(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }
}
