package dev.tiebreak.candidate;

import dev.tiebreak.database.ProjectScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Removes what uploads left that ended with their service, at start and every hour. */
@Component
class AbandonedUploads {

  private static final Logger log = LoggerFactory.getLogger(AbandonedUploads.class);

  private final StagedRows staged;
  private final CandidateProperties properties;

  AbandonedUploads(StagedRows staged, CandidateProperties properties) {
    this.staged = staged;
    this.properties = properties;
  }

  @Scheduled(fixedDelayString = "PT1H")
  void remove() {
    try {
      int rows =
          ProjectScope.all().call(() -> staged.removeOlderThan(properties.stagingLifetime()));
      if (rows > 0) {
        log.info("abandoned_rows={}", rows);
      }
    } catch (DataAccessException | TransactionException exception) {
      log.warn("abandoned_rows=left cause={}", exception.toString());
    }
  }
}
