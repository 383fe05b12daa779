package dev.tiebreak.replay;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.Project;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * The results of replays. Those that were read last are kept up to a bound, and what a running
 * replay adds is read alone: a cell that is done never changes. Few requests read or compute at
 * once, and the others wait their turn.
 */
@Service
class ReplayResults {

  static final int TURNS = 2;
  private static final long WAIT_SECONDS = 10;
  private static final int FETCH_ROWS = 200;

  /** Of eight bytes each. */
  private static final long MOST_NUMBERS = 4_000_000;

  private record Key(long projectId, long number) {}

  /** What is stored about a replay. */
  private record Stored(String settings, int done) {}

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final TransactionTemplate snapshot;
  private final Semaphore turns = new Semaphore(TURNS, true);

  // guarded by itself; the least recently used first
  private final Map<Key, Results> kept = new LinkedHashMap<>(16, 0.75f, true);

  ReplayResults(JdbcClient jdbc, JsonMapper json, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.json = json;
    this.snapshot = new TransactionTemplate(transactions);
    snapshot.setReadOnly(true);
  }

  /** Computes something when it is this request's turn. */
  <T> T inTurn(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new ProblemException(
            ProblemType.UNAVAILABLE, "Results of replays are being computed for other requests");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemType.UNAVAILABLE, "The service is ending");
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  /** The results so far. */
  Results of(Project project, long number) {
    Key key = new Key(project.projectId(), number);
    Stored stored = stored(key);
    Results known = known(key, stored.done());
    return known == null ? inTurn(() -> read(key, stored)) : known;
  }

  private Stored stored(Key key) {
    return jdbc.sql(
            """
            select settings::text as settings, (
                select count(*) from replay_cell c
                where c.project_id = r.project_id and c.number = r.number) as done
            from replay r
            where project_id = :project and number = :number and removed_at is null
            """)
        .param("project", key.projectId())
        .param("number", key.number())
        .query((row, n) -> new Stored(row.getString("settings"), row.getInt("done")))
        .optional()
        .orElseThrow(() -> Replays.missing(key.number()));
  }

  private @Nullable Results known(Key key, int done) {
    synchronized (kept) {
      Results results = kept.get(key);
      return results == null || results.done() < done ? null : results;
    }
  }

  private Results read(Key key, Stored stored) {
    Results earlier = known(key, 0);
    if (earlier != null && earlier.done() >= stored.done()) {
      return earlier;
    }
    Results results =
        earlier == null
            ? new Results(
                json.readValue(stored.settings(), ReplaySettings.class), cells(key, new int[0]))
            : earlier.and(cells(key, earlier.numbers()));
    keep(key, results);
    return results;
  }

  /** The cells in the order in which they were done, but for those that are known. */
  private List<Results.Done> cells(Key key, int[] known) {
    List<Results.Done> cells =
        snapshot.execute(status ->
            jdbc.sql(
                    """
                    select cell, result::text as result
                    from replay_cell
                    where project_id = :project and number = :number
                      and cell <> all(:known)
                    order by finished_at, cell
                    """)
                .withFetchSize(FETCH_ROWS)
                .param("project", key.projectId())
                .param("number", key.number())
                .param("known", known)
                .query((row, n) ->
                    new Results.Done(
                        row.getInt("cell"),
                        Series.of(json.readValue(row.getString("result"), CellResult.class))))
                .list());
    return cells == null ? List.of() : cells;
  }

  private void keep(Key key, Results results) {
    synchronized (kept) {
      kept.put(key, results);
      long numbers = kept.values().stream().mapToLong(Results::size).sum();
      Iterator<Results> oldest = kept.values().iterator();
      while (numbers > MOST_NUMBERS && oldest.hasNext()) {
        numbers -= oldest.next().size();
        oldest.remove();
      }
    }
  }
}
