package dev.tiebreak.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do instead of listening unprotected. */
class UnprotectedAddressFailureAnalyzer
    extends AbstractFailureAnalyzer<UnprotectedAddressException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UnprotectedAddressException cause) {
    return new FailureAnalysis(
        "The service is to listen on " + cause.address() + ", and authentication is off.",
        "Listen on loopback (SERVER_ADDRESS=127.0.0.1, the default; with a port for management also"
            + " management.server.address=127.0.0.1), turn authentication on"
            + " (TIEBREAK_AUTHENTICATION=true), or set TIEBREAK_ALLOW_UNAUTHENTICATED=true where"
            + " the network lets nobody in who shouldn't.",
        cause);
  }
}
