package dev.tiebreak.round;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a restored log. */
class ForeignHistoryFailureAnalyzer extends AbstractFailureAnalyzer<ForeignHistoryException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, ForeignHistoryException cause) {
    return new FailureAnalysis(
        "The log of verdicts was restored from a dump of another PostgreSQL cluster: it names"
            + " transactions that this one never had, so fits would leave those verdicts out.",
        "Run the statements of docs/operations.md, \"A dump, restored into another cluster\", as the owner, then start again.",
        cause);
  }
}
