package dev.tiebreak.queue;

import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import dev.tiebreak.project.Project;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads the log of verdicts. */
@Service
public class VerdictHistory {

  private static final int CHUNK = 500;

  private final JdbcClient jdbc;

  VerdictHistory(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Transactional(readOnly = true)
  Page<LoggedVerdict> page(Project project, PageRequest request) {
    List<LoggedVerdict> rows =
        jdbc.sql(
                """
                select v.*, l.response_id as left_id, r.response_id as right_id,
                       v.counted and not exists (
                         select from verdict n
                         where n.project_id = v.project_id and n.replaces = v.verdict_id) as counts
                from verdict v
                join response l on l.project_id = v.project_id and l.ordinal = v.left_response
                join response r on r.project_id = v.project_id and r.ordinal = v.right_response
                where v.project_id = :project and v.verdict_id > :after
                order by v.verdict_id
                limit :limit
                """)
            .param("project", project.projectId())
            .param("after", request.after(0))
            .param("limit", request.size() + 1)
            .query(VerdictHistory::logged)
            .list();
    return Page.of(rows, request.size(), LoggedVerdict::verdict);
  }

  private static LoggedVerdict logged(ResultSet row, int number) throws SQLException {
    return new LoggedVerdict(
        row.getLong("verdict_id"),
        row.getLong("comparison_id"),
        row.getString("left_id"),
        row.getString("right_id"),
        Preference.valueOf(row.getString("preference")),
        row.getString("annotator"),
        Outcome.valueOf(row.getString("outcome")),
        row.getBoolean("counts"),
        row.getObject("replaces", Long.class),
        row.getObject("confidence", Double.class),
        row.getObject("duration_ms", Long.class),
        row.getString("comment"),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        instant(row.getObject("judged_at", OffsetDateTime.class)));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  /**
   * A verdict that counts, as a training set has it.
   *
   * @param left ordinal of the response that stood left
   * @param right ordinal of the response that stood right
   */
  public record Counted(long verdict, long left, long right, Preference preference) {}

  /**
   * Hands over all verdicts that count, in the log's order, a few at a time: a slow consumer holds
   * no connection.
   */
  public void forEachCounted(Project project, Consumer<List<Counted>> consumer) {
    long after = 0;
    List<Counted> chunk;
    do {
      chunk = counted(project.projectId(), after);
      if (!chunk.isEmpty()) {
        consumer.accept(chunk);
        after = chunk.getLast().verdict();
      }
    } while (chunk.size() == CHUNK);
  }

  private List<Counted> counted(long projectId, long after) {
    return jdbc.sql(
            """
            select verdict_id, left_response, right_response, preference
            from counted_verdict
            where project_id = :project and verdict_id > :after
            order by verdict_id
            limit :limit
            """)
        .param("project", projectId)
        .param("after", after)
        .param("limit", CHUNK)
        .query((row, number) ->
            new Counted(
                row.getLong("verdict_id"),
                row.getLong("left_response"),
                row.getLong("right_response"),
                Preference.valueOf(row.getString("preference"))))
        .list();
  }
}
