package dev.tiebreak.probe;

import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Whether what the database acknowledges is on disk: only then may verdicts be acknowledged. */
@Component
class DurableDatabase {

  private final JdbcClient jdbc;

  DurableDatabase(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is wrong; empty where nothing is. */
  Optional<String> check() {
    try {
      return jdbc.sql(
              """
              select 'The database runs with ' || string_agg(name || '=' || setting, ', ' order by name)
              from pg_settings
              where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'
                -- a standby is to have it before it is acknowledged, and would not
                or name = 'synchronous_commit' and setting = 'local'
                  and current_setting('synchronous_standby_names') <> ''
              having count(*) > 0
              """)
          .query(String.class)
          .optional();
    } catch (DataAccessException | TransactionException unavailable) {
      return Optional.of("The database does not answer");
    }
  }
}
