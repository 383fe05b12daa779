package dev.tiebreak.round;

import dev.tiebreak.database.ProjectScope;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes sure that the log's transactions lie in this database's past. After a logical dump was
 * restored into a younger cluster they don't: no snapshot would show those verdicts, and fits would
 * silently leave them out.
 */
@Component
class TransactionHistory implements InitializingBean {

  private final JdbcClient jdbc;

  TransactionHistory(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void afterPropertiesSet() {
    if (ProjectScope.all().call(this::isFromAnotherCluster)) {
      throw new ForeignHistoryException();
    }
  }

  private boolean isFromAnotherCluster() {
    return jdbc.sql(
            """
            select exists (
              select
              from project p
              cross join lateral (
                select transaction_id from verdict
                where project_id = p.project_id
                order by transaction_id desc
                limit 1) newest
              where newest.transaction_id >= pg_snapshot_xmax(pg_current_snapshot()))
            """)
        .query(Boolean.class)
        .single();
  }
}
