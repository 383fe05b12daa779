package dev.tiebreak.round;

import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.KeptProject;
import dev.tiebreak.project.Project;
import dev.tiebreak.queue.LongPoll;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Rounds on request, and what became of them. */
@Service
class Refits {

  private static final LongPoll.Pauses PAUSES =
      new LongPoll.Pauses(Duration.ofMillis(10), Duration.ofMillis(200));

  private static final String ROUNDS =
      """
      select r.number, r.state, r.trigger, r.stage, r.detail, r.requested_at, r.started_at, r.finished_at,
             b.fit, b.candidates, b.size, f.verdicts
      from round r
      left join batch b on b.project_id = r.project_id and b.number = r.number
      left join fit f on f.project_id = b.project_id and f.number = b.fit
      """;

  private final JdbcClient jdbc;
  private final LongPoll longPoll;

  Refits(JdbcClient jdbc, LongPoll longPoll) {
    this.jdbc = jdbc;
    this.longPoll = longPoll;
  }

  /**
   * Asks for a round that covers every verdict acknowledged before. One that has not begun yet
   * will, so it is shared; one under way may have missed some, so it is followed by another.
   *
   * @param certificate whether its batch is to be certified; it is where any request asks for it
   */
  @Transactional
  long request(Project project, boolean certificate) {
    if (!KeptProject.await(jdbc, project.projectId())) {
      throw ProblemException.projectRemoved();
    }
    jdbc.sql("select from round_status where project_id = :project for update")
        .param("project", project.projectId())
        .query(rows -> {});
    return join(project, certificate)
        .orElseGet(() ->
            jdbc.sql(
                    """
                    with next as (
                      update round_status set newest = newest + 1 where project_id = :project
                      returning project_id, newest)
                    insert into round (project_id, number, state, trigger, certificate)
                    select project_id, newest, 'QUEUED', 'REQUESTED', :certificate from next
                    returning number
                    """)
                .param("project", project.projectId())
                .param("certificate", certificate)
                .query(Long.class)
                .single());
  }

  private Optional<Long> join(Project project, boolean certificate) {
    return jdbc.sql(
            """
            update round set certificate = certificate or :certificate
            where project_id = :project and state = 'QUEUED'
            returning number
            """)
        .param("project", project.projectId())
        .param("certificate", certificate)
        .query(Long.class)
        .optional();
  }

  /** Waits until the round has ended, or the time is over; gives its state then. */
  RefitView await(Project project, long number, Duration longest) throws InterruptedException {
    return longPoll.until(longest, PAUSES, () -> require(project, number), RefitView::hasEnded);
  }

  /** Newest first. */
  @Transactional(readOnly = true)
  Page<RefitView> page(Project project, PageRequest request) {
    List<RefitView> rows =
        jdbc.sql(
                ROUNDS
                    + " where r.project_id = :project and r.number < :before order by r.number desc"
                    + " limit :limit")
            .param("project", project.projectId())
            .param("before", request.after(Long.MAX_VALUE))
            .param("limit", request.size() + 1)
            .query(Refits::view)
            .list();
    return Page.of(rows, request.size(), RefitView::number);
  }

  RefitView require(Project project, long number) {
    return jdbc.sql(ROUNDS + " where r.project_id = :project and r.number = :number")
        .param("project", project.projectId())
        .param("number", number)
        .query(Refits::view)
        .optional()
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.REFIT_NOT_FOUND, "The project has no refit " + number));
  }

  private static RefitView view(ResultSet row, int number) throws SQLException {
    Long fit = row.getObject("fit", Long.class);
    String stage = row.getString("stage");
    return new RefitView(
        row.getLong("number"),
        row.getString("state"),
        Trigger.valueOf(row.getString("trigger")),
        stage == null ? null : Stage.valueOf(stage),
        row.getString("detail"),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        fit == null
            ? null
            : new RefitView.Result(
                fit, row.getLong("verdicts"), row.getLong("candidates"), row.getInt("size")));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
