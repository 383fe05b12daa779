package dev.tiebreak.queue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** How many comparisons wait, counted once for all the gauges of a scrape. */
@Component
class QueueDepth {

  static final List<String> STATES = List.of("OPEN", "LEASED", "ANSWERED", "RETIRED");

  private static final String LIVE_LEASES = "live leases";
  private static final long FRESH_NANOS = 1_000_000_000;

  /** However often somebody scrapes, counting takes a small share of the time. */
  private static final int COUNT_TO_PAUSE = 20;

  private final JdbcClient jdbc;
  private Map<String, Long> counts = Map.of();
  private long countedAt = System.nanoTime() - FRESH_NANOS;
  private long freshNanos = FRESH_NANOS;

  QueueDepth(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Comparisons in this state; NaN while the database does not answer. */
  double comparisons(String state) {
    return count(state);
  }

  /** Leases that have not run out; NaN while the database does not answer. */
  double liveLeases() {
    return count(LIVE_LEASES);
  }

  private synchronized double count(String name) {
    long now = System.nanoTime();
    if (now - countedAt >= freshNanos) {
      counts = query();
      countedAt = System.nanoTime();
      freshNanos = Math.max(FRESH_NANOS, COUNT_TO_PAUSE * (countedAt - now));
    }
    return counts.isEmpty() ? Double.NaN : counts.getOrDefault(name, 0L);
  }

  private Map<String, Long> query() {
    Map<String, Long> result = new HashMap<>();
    try {
      jdbc.sql(
              """
              select state as name, count(*) as amount from comparison_state group by state
              union all
              select :liveLeases, count(*) from slot where is_live(state, expires_at)
              """)
          .param("liveLeases", LIVE_LEASES)
          .query(row -> {
            result.put(row.getString("name"), row.getLong("amount"));
          });
    } catch (DataAccessException | TransactionException unavailable) {
      return Map.of();
    }
    return result;
  }
}
