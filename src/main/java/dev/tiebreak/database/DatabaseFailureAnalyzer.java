package dev.tiebreak.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says a {@link DatabaseFailure} in words instead of a stack trace. */
final class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<DatabaseFailure> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, DatabaseFailure cause) {
    return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
  }
}
