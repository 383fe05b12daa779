package dev.tiebreak.replay;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds a replay for one process at a time, fenced by its epoch. Every statement stands alone and
 * names the epoch, so that whoever was taken for dead stores nothing. Time is the database's.
 */
@Component
class ReplayLease {

  /** What may be changed only by whoever holds it now. */
  private static final String MINE =
      " where project_id = :project and number = :number and epoch = :epoch and holder = :holder"
          + " and state = 'RUNNING'";

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final ReplayProperties properties;
  private final UUID bootId = UUID.randomUUID();

  ReplayLease(
      @Qualifier("roundJdbcClient") JdbcClient jdbc, JsonMapper json, ReplayProperties properties) {
    this.jdbc = jdbc;
    this.json = json;
    this.properties = properties;
  }

  /**
   * Takes a replay that nobody holds: by the projects' priority, then the longest waiting. That
   * this process has held before, and could not tell the database so, is no new attempt.
   */
  Optional<HeldReplay> take() {
    return jdbc.sql(
            """
            with waiting as materialized (
              select w.project_id, w.number, p.slug
              from replay w
              join project p on p.project_id = w.project_id
              where w.state in ('QUEUED', 'RUNNING')
                and (w.held_until is null or w.held_until <= clock_timestamp())
              order by p.priority desc, w.requested_at
              limit 1
              for update of w skip locked)
            update replay r
            set state = 'RUNNING', epoch = epoch + 1, holder = :holder,
                attempts = attempts + case when holder = :holder then 0 else 1 end,
                held_until = clock_timestamp() + make_interval(secs => :hold),
                started_at = coalesce(started_at, clock_timestamp()),
                snapshot = coalesce(snapshot, pg_current_snapshot())
            from waiting
            where r.project_id = waiting.project_id and r.number = waiting.number
            returning r.project_id, waiting.slug, r.number, r.epoch, r.attempts, r.settings::text as settings,
                      r.snapshot::text as snapshot, r.fingerprint
            """)
        .param("holder", bootId)
        .param("hold", seconds())
        .query((row, n) ->
            new HeldReplay(
                row.getLong("project_id"),
                row.getString("slug"),
                row.getLong("number"),
                row.getLong("epoch"),
                row.getInt("attempts"),
                json.readValue(row.getString("settings"), ReplaySettings.class),
                row.getString("snapshot"),
                row.getObject("fingerprint", Long.class)))
        .optional();
  }

  private double seconds() {
    return properties.hold().toMillis() / 1000.0;
  }

  private JdbcClient.StatementSpec mine(HeldReplay replay, String statement) {
    return jdbc.sql(statement)
        .param("project", replay.projectId())
        .param("number", replay.number())
        .param("epoch", replay.epoch())
        .param("holder", bootId);
  }

  /** Notes what it computes with; false where the replay is lost or cancelled. */
  boolean begin(HeldReplay replay, long fingerprint, int threads) {
    return mine(
                replay,
                """
                update replay
                set fingerprint = :fingerprint, threads = :threads,
                    held_until = clock_timestamp() + make_interval(secs => :hold)
                """
                    + MINE)
            .param("hold", seconds())
            .param("fingerprint", fingerprint)
            .param("threads", threads)
            .update()
        == 1;
  }

  /** Shows a sign of life; false where the replay is lost or cancelled. */
  boolean prolong(HeldReplay replay) {
    return mine(
                replay,
                "update replay set held_until = clock_timestamp() + make_interval(secs => :hold)"
                    + MINE)
            .param("hold", seconds())
            .update()
        == 1;
  }

  /** The cells that are done. */
  Set<Integer> done(HeldReplay replay) {
    return new TreeSet<>(
        jdbc.sql("select cell from replay_cell where project_id = :project and number = :number")
            .param("project", replay.projectId())
            .param("number", replay.number())
            .query(Integer.class)
            .list());
  }

  /** Keeps the result of a cell; false where the replay is lost or cancelled. */
  boolean store(HeldReplay replay, int cell, CellResult result) {
    try {
      return insert(replay, cell, result);
    } catch (DuplicateKeyException stored) { // an acknowledgement was lost: a cell has one result
      return prolong(replay);
    }
  }

  private boolean insert(HeldReplay replay, int cell, CellResult result) {
    return mine(
                replay,
                """
                insert into replay_cell (project_id, number, cell, result, wall_millis)
                select project_id, number, :cell, :result::json, :millis from replay
                """
                    + MINE
                    + " for no key update")
            .param("cell", cell)
            .param("result", json.writeValueAsString(result))
            .param("millis", result.wallMillis())
            .update()
        == 1;
  }

  /** All cells are done. */
  boolean finish(HeldReplay replay) {
    return end(replay, ReplayState.DONE, "");
  }

  /** It cannot be done. */
  boolean fail(HeldReplay replay, String detail) {
    return end(replay, ReplayState.FAILED, detail);
  }

  private boolean end(HeldReplay replay, ReplayState state, String detail) {
    return mine(
                replay,
                """
                update replay
                set state = :state, detail = nullif(:detail, ''), finished_at = clock_timestamp(),
                    holder = null, held_until = null
                """
                    + MINE)
            .param("state", state.name())
            .param("detail", detail)
            .update()
        == 1;
  }

  /** Lets go of it, for this or another process to take it up again. */
  void release(HeldReplay replay) {
    mine(
            replay,
            "update replay set held_until = clock_timestamp(), attempts = greatest(attempts - 1, 0)"
                + MINE)
        .update();
  }
}
