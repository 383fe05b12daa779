package dev.tiebreak.database;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words that the database went away while the service started. */
final class LostConnectionFailureAnalyzer extends AbstractFailureAnalyzer<Throwable> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, Throwable cause) {
    return LostConnection.isPassing(rootFailure)
        ? new FailureAnalysis(
            "The database was lost while the service started.",
            "Start the service again once the database answers.",
            rootFailure)
        : null;
  }
}
