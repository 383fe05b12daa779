package dev.tiebreak.candidate;

import dev.tiebreak.database.TransactionLimits;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Lets a transaction that works on all rows of an upload take longer than a request's may. */
@Component
class UploadLimits {

  private final JdbcTemplate template;
  private final CandidateProperties properties;

  UploadLimits(JdbcTemplate template, CandidateProperties properties) {
    this.template = template;
    this.properties = properties;
  }

  /** Applies to the transaction under way. */
  void raise() {
    template.execute(
        (ConnectionCallback<Boolean>)
            connection -> {
              TransactionLimits.raise(connection, properties.mergeTimeout());
              return true;
            });
  }
}
