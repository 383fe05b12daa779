package dev.tiebreak.queue;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

  /** The latest verdicts of these leases, by the leases' numbers. */
  Map<Long, Latest> latest(Collection<Lease> leases) {
    Map<Long, Latest> latest = new HashMap<>();
    jdbc.sql(
            """
            select v.lease, v.verdict_id, v.preference, v.counted
            from unnest(:projects::bigint[], :comparisons::bigint[], :leases::bigint[])
              as l(project_id, comparison_id, lease)
            join verdict v on v.project_id = l.project_id and v.comparison_id = l.comparison_id
              and v.lease = l.lease
            where not exists (
              select from verdict r
              where r.project_id = v.project_id and r.replaces = v.verdict_id offset 0)
            """)
        .param("projects", leases.stream().map(Lease::projectId).toArray(Long[]::new))
        .param("comparisons", leases.stream().map(Lease::comparisonId).toArray(Long[]::new))
        .param("leases", leases.stream().map(Lease::number).toArray(Long[]::new))
        .query(row -> {
          latest.put(
              row.getLong("lease"),
              new Latest(
                  row.getLong("verdict_id"),
                  Preference.valueOf(row.getString("preference")),
                  row.getBoolean("counted")));
        });
    return latest;
  }

  /**
   * Those of these verdicts that a fit has used, be it under way. A fit of their projects that
   * begins meanwhile waits until this transaction ends, and then sees what it wrote; so this comes
   * before slots are locked, which a round that publishes may want. Not by a lock on the status
   * row: those who share one never let the round have its turn.
   */
  Set<Long> fitted(Set<Long> projects, Set<Long> verdicts) {
    new TreeSet<>(projects)
        .forEach(project ->
            jdbc.sql("select pg_advisory_xact_lock_shared(hashtextextended('round', :project))")
                .param("project", project)
                .query(rows -> {}));
    return jdbc.sql(
            """
            select v.verdict_id
            from verdict v
            join round_status s on s.project_id = v.project_id
            where v.project_id = any(:projects) and v.verdict_id = any(:verdicts)
              and (pg_visible_in_snapshot(v.transaction_id, s.fit_snapshot)
                   or pg_visible_in_snapshot(v.transaction_id, s.running_snapshot))
            """)
        .param("projects", projects.toArray(Long[]::new))
        .param("verdicts", verdicts.toArray(Long[]::new))
        .query((row, n) -> row.getLong(1))
        .set();
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
