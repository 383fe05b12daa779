package dev.tiebreak.round;

import dev.tiebreak.linalg.UnavailableBackendException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words that the native library that was asked for is not to be had. */
final class UnavailableBackendFailureAnalyzer
    extends AbstractFailureAnalyzer<UnavailableBackendException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UnavailableBackendException cause) {
    return new FailureAnalysis(
        "tiebreak.linalg.backend=OPENBLAS, but " + cause.getMessage(),
        "Let java.io.tmpdir be a directory that code may be run from, or set"
            + " tiebreak.linalg.backend=AUTO to do without it, slower.",
        cause);
  }
}
