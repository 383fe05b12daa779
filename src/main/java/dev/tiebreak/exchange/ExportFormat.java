package dev.tiebreak.exchange;

import dev.tiebreak.problem.ProblemException;

/** The forms of a training set. */
enum ExportFormat {
  /** JSON lines of prompt, chosen, rejected, margin: in-prompt pairs. */
  TRL("trl"),
  /** JSON lines of chosen and rejected as conversations, with a margin: pairs of any kind. */
  TRL_IMPLICIT("trl-implicit");

  private final String parameter;

  ExportFormat(String parameter) {
    this.parameter = parameter;
  }

  String parameter() {
    return parameter;
  }

  static ExportFormat of(String parameter) {
    for (ExportFormat format : values()) {
      if (format.parameter.equals(parameter)) {
        return format;
      }
    }
    throw ProblemException.invalid("format", "must be trl or trl-implicit");
  }
}
