package dev.tiebreak.idempotency;

import dev.tiebreak.database.ProjectScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Forgets answers in no project after their time, at start and every hour. */
@Component
class ForgottenAnswers {

  private static final Logger log = LoggerFactory.getLogger(ForgottenAnswers.class);

  private final KeptAnswers answers;
  private final IdempotencyProperties properties;

  ForgottenAnswers(KeptAnswers answers, IdempotencyProperties properties) {
    this.answers = answers;
    this.properties = properties;
  }

  @Scheduled(fixedDelayString = "PT1H")
  void forget() {
    try {
      int forgotten = ProjectScope.all().call(() -> answers.forget(properties.retention()));
      if (forgotten > 0) {
        log.info("kept_answers=forgotten count={}", forgotten);
      }
    } catch (DataAccessException | TransactionException unavailable) {
      log.warn("kept_answers=left cause={}", unavailable.toString());
    }
  }
}
