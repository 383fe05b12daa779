package dev.tiebreak.queue;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The log of verdicts, to which rows are only ever added. */
@Component
class VerdictLog {

  private final JdbcClient jdbc;

  VerdictLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The verdict of a lease that no revision has replaced. */
  record Latest(long verdict, Preference preference, boolean counted) {}

  Optional<Latest> latest(Lease lease) {
    return jdbc.sql(
            """
            select v.verdict_id, v.preference, v.counted
            from verdict v
            where v.project_id = :project and v.comparison_id = :comparison and v.annotator = :annotator
              and v.lease = :lease
              and not exists (
                select from verdict r where r.project_id = v.project_id and r.replaces = v.verdict_id)
            """)
        .param("project", lease.projectId())
        .param("comparison", lease.comparisonId())
        .param("annotator", lease.annotator())
        .param("lease", lease.number())
        .query((row, number) ->
            new Latest(
                row.getLong("verdict_id"),
                Preference.valueOf(row.getString("preference")),
                row.getBoolean("counted")))
        .optional();
  }

  /**
   * Whether a fit has used the verdict, be it under way. A fit that begins meanwhile waits until
   * this transaction ends, and then sees what it wrote. Not by a lock on the row: those who share
   * one never let the round have its turn.
   */
  boolean fitted(long projectId, long verdict) {
    jdbc.sql("select pg_advisory_xact_lock_shared(hashtextextended('round', :project))")
        .param("project", projectId)
        .query(rows -> {});
    return jdbc.sql(
            """
            select coalesce(pg_visible_in_snapshot(v.transaction_id, s.fit_snapshot), false)
                or coalesce(pg_visible_in_snapshot(v.transaction_id, s.running_snapshot), false)
            from verdict v
            join round_status s on s.project_id = v.project_id
            where v.project_id = :project and v.verdict_id = :verdict
            """)
        .param("project", projectId)
        .param("verdict", verdict)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** Appends a verdict; gives its number. */
  long append(
      Lease lease, VerdictInput input, Outcome outcome, boolean counted, @Nullable Long replaces) {
    return jdbc.sql(
            """
            insert into verdict (project_id, comparison_id, lease, left_response, right_response, preference,
              annotator, outcome, counted, replaces, confidence, duration_ms, comment)
            values (:project, :comparison, :lease, :left, :right, :preference,
              :annotator, :outcome, :counted, :replaces, :confidence, :duration, :comment)
            returning verdict_id
            """)
        .param("project", lease.projectId())
        .param("comparison", lease.comparisonId())
        .param("lease", lease.number())
        .param("left", lease.leftResponse())
        .param("right", lease.rightResponse())
        .param("preference", input.preference().name())
        .param("annotator", lease.annotator())
        .param("outcome", outcome.name())
        .param("counted", counted)
        .param("replaces", replaces)
        .param("confidence", input.confidence())
        .param("duration", input.durationMs())
        .param("comment", input.comment())
        .query(Long.class)
        .single();
  }
}
