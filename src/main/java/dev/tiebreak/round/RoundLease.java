package dev.tiebreak.round;

import dev.tiebreak.project.KeptProject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Holds a project for one round at a time, fenced by its epoch: of two processes that both believe
 * to hold it, only the one with the newest epoch can publish. Time is the database's; a process is
 * its random boot id, never a host name.
 */
@Component
class RoundLease {

  private final JdbcClient jdbc;
  private final RoundProperties properties;
  private final UUID bootId = UUID.randomUUID();

  RoundLease(@Qualifier("roundJdbcClient") JdbcClient jdbc, RoundProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  /**
   * Projects with a round to run that nobody holds, in the order of their priority; among equals
   * the one first whose last round is longest ago, so that none starves another.
   */
  List<DueProject> due() {
    return jdbc.sql(
            """
            select p.project_id, p.slug
            from project p
            join round_status s on s.project_id = p.project_id
            join round_due d on d.project_id = p.project_id
            where (s.held_until is null or s.held_until <= clock_timestamp())
              and (d.requested or d.refit_after or d.low_water or s.running is not null)
            order by p.priority desc, greatest(s.selected_at, s.retry_at) nulls first, p.project_id
            """)
        .query((row, number) -> new DueProject(row.getLong("project_id"), row.getString("slug")))
        .list();
  }

  /** A project with a round to run. */
  record DueProject(long projectId, String slug) {}

  private record Status(
      long epoch,
      @Nullable Long running,
      long newest,
      @Nullable Long fit,
      @Nullable String fitSnapshot,
      long fitVersion) {}

  /** Takes the project if nobody holds it and a round is still due. */
  @Transactional("roundTransactionManager")
  public Optional<HeldRound> take(long projectId) {
    return KeptProject.now(jdbc, projectId) ? takeKept(projectId) : Optional.empty();
  }

  private Optional<HeldRound> takeKept(long projectId) {
    awaitRevisions(projectId);
    return jdbc.sql(
            """
            select epoch, running, newest, fit, fit_snapshot::text, fit_version
            from round_status
            where project_id = :project and (held_until is null or held_until <= clock_timestamp())
            for update skip locked
            """)
        .param("project", projectId)
        .query((row, number) ->
            new Status(
                row.getLong("epoch"),
                row.getObject("running", Long.class),
                row.getLong("newest"),
                row.getObject("fit", Long.class),
                row.getString("fit_snapshot"),
                row.getLong("fit_version")))
        .optional()
        .flatMap(status -> take(projectId, status));
  }

  private Optional<HeldRound> take(long projectId, Status status) {
    long epoch = status.epoch() + 1;
    return begin(projectId, status, epoch)
        .map(begun -> {
          String snapshot = hold(projectId, begun.number(), epoch);
          return new HeldRound(
              projectId,
              begun.number(),
              epoch,
              begun.trigger(),
              begun.certificate(),
              snapshot,
              status.fit(),
              status.fitSnapshot(),
              status.fitVersion(),
              begun.trigger() == Trigger.LOW_WATER && nothingNew(projectId, status, snapshot));
        });
  }

  /** Those under way end first, and the next wait until this transaction has ended. */
  private void awaitRevisions(long projectId) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('round', :project))")
        .param("project", projectId)
        .query(rows -> {});
  }

  private record Begun(long number, Trigger trigger, boolean certificate) {}

  /** A round whose holder died comes first, then a requested one, then what else is due. */
  private Optional<Begun> begin(long projectId, Status status, long epoch) {
    return jdbc.sql(
            """
            update round
            set state = 'RUNNING', started_at = clock_timestamp(), stage = null, epoch = :epoch, holder = :holder
            where project_id = :project and number = (
              select number from round
              where project_id = :project and state in ('RUNNING', 'QUEUED')
              order by number
              limit 1)
            returning number, trigger, certificate
            """)
        .param("project", projectId)
        .param("epoch", epoch)
        .param("holder", bootId)
        .query(RoundLease::begun)
        .optional()
        .or(() -> beginUnasked(projectId, status.newest() + 1, epoch));
  }

  private Optional<Begun> beginUnasked(long projectId, long number, long epoch) {
    return jdbc.sql(
            """
            insert into round (project_id, number, state, trigger, epoch, holder, started_at)
            select :project, :number, 'RUNNING', case when refit_after then 'REFIT_AFTER' else 'LOW_WATER' end,
                   :epoch, :holder, clock_timestamp()
            from round_due
            where project_id = :project and (refit_after or low_water)
            returning number, trigger, certificate
            """)
        .param("project", projectId)
        .param("number", number)
        .param("epoch", epoch)
        .param("holder", bootId)
        .query(RoundLease::begun)
        .optional();
  }

  private static Begun begun(ResultSet row, int number) throws SQLException {
    return new Begun(
        row.getLong("number"),
        Trigger.valueOf(row.getString("trigger")),
        row.getBoolean("certificate"));
  }

  /**
   * The snapshot is taken by a statement of its own, begun after the revisions under way have
   * ended: each of them is visible in it, and one that comes after finds it.
   */
  private String hold(long projectId, long number, long epoch) {
    return jdbc.sql(
            """
            update round_status
            set epoch = :epoch, holder = :holder, held_until = clock_timestamp() + make_interval(secs => :hold),
                running = :number, running_snapshot = pg_current_snapshot(),
                newest = greatest(newest, :number)
            where project_id = :project
            returning running_snapshot::text
            """)
        .param("project", projectId)
        .param("epoch", epoch)
        .param("holder", bootId)
        .param("hold", seconds())
        .param("number", number)
        .query(String.class)
        .single();
  }

  private boolean nothingNew(long projectId, Status status, String snapshot) {
    return status.fitSnapshot() != null
        && jdbc.sql(
                """
                select t.version = :version
                  and not exists (
                    select from counted_verdict v
                    where v.project_id = t.project_id
                      and v.transaction_id >= pg_snapshot_xmin(:earlier::pg_snapshot)
                      and not pg_visible_in_snapshot(v.transaction_id, :earlier::pg_snapshot)
                      and pg_visible_in_snapshot(v.transaction_id, :snapshot::pg_snapshot))
                from response_tally t
                where t.project_id = :project
                """)
            .param("project", projectId)
            .param("version", status.fitVersion())
            .param("earlier", status.fitSnapshot())
            .param("snapshot", snapshot)
            .query(Boolean.class)
            .single();
  }

  /** Shows a sign of life; false where the project is lost to another. */
  boolean prolong(HeldRound round) {
    return jdbc.sql(
                """
                update round_status
                set held_until = clock_timestamp() + make_interval(secs => :hold)
                where project_id = :project and epoch = :epoch and holder = :holder
                """)
            .param("hold", seconds())
            .param("project", round.projectId())
            .param("epoch", round.epoch())
            .param("holder", bootId)
            .update()
        == 1;
  }

  private double seconds() {
    return properties.hold().toMillis() / 1000.0;
  }

  /** Notes what the round is doing, for whoever waits for it. */
  void enter(HeldRound round, Stage stage) {
    jdbc.sql(
            """
            update round set stage = :stage
            where project_id = :project and number = :number and state = 'RUNNING' and epoch = :epoch
            """)
        .param("stage", stage.name())
        .param("project", round.projectId())
        .param("number", round.number())
        .param("epoch", round.epoch())
        .update();
  }

  /**
   * Lets go of a round that is not to blame, so that it is run again at once, by whoever comes
   * first; false where the project is lost to another.
   */
  boolean release(HeldRound round) {
    return jdbc.sql(
                """
                update round_status
                set held_until = clock_timestamp()
                where project_id = :project and epoch = :epoch and holder = :holder
                """)
            .param("project", round.projectId())
            .param("epoch", round.epoch())
            .param("holder", bootId)
            .update()
        == 1;
  }

  /** Ends the round without a result; false where the project is lost to another, or gone. */
  @Transactional("roundTransactionManager")
  public boolean fail(HeldRound round, String detail) {
    if (!KeptProject.await(jdbc, round.projectId())) {
      return false;
    }
    int held =
        jdbc.sql(
                """
                update round_status
                set holder = null, held_until = null, running = null, running_snapshot = null,
                    retry_at = clock_timestamp() + make_interval(secs => least(3600, :retry * power(2, (
                      select count(*)
                      from round
                      where project_id = :project and state = 'FAILED'
                        and number > coalesce(fit, 0) and number > :number - 12))))
                where project_id = :project and epoch = :epoch
                """)
            .param("number", round.number())
            .param("retry", properties.retryAfter().toMillis() / 1000.0)
            .param("project", round.projectId())
            .param("epoch", round.epoch())
            .update();
    if (held == 1) {
      jdbc.sql(
              """
              update round set state = 'FAILED', stage = null, detail = :detail, finished_at = clock_timestamp()
              where project_id = :project and number = :number
              """)
          .param("detail", detail)
          .param("project", round.projectId())
          .param("number", round.number())
          .update();
    }
    return held == 1;
  }
}
