package dev.tiebreak.insight;

import dev.tiebreak.database.TransactionLimits;
import dev.tiebreak.project.KeptProject;
import java.sql.Types;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Moves the sums over a project's log on to the present. What it costs goes by the verdicts since
 * the last time, and all of them the first time. {@code db/migration/V9__insight.sql} tells what
 * the sums are, {@link TallyStatement} how they are made.
 */
@Component
class LogTally {

  /** The first time, in a project whose log is long already. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  static final String IS_BEHIND =
      """
      select exists (
          select from verdict v
          where v.project_id = p.project_id
            and v.transaction_id >= f.floor
            and (m.snapshot is null or not pg_visible_in_snapshot(v.transaction_id, m.snapshot)))
        or exists (
          select from comparison c
          where c.project_id = p.project_id and c.comparison_id > f.last)
      from project p
      left join insight_mark m on m.project_id = p.project_id
      -- columns: behind row-level security an index serves no condition with a coalesce
      cross join lateral (select coalesce(m.floor, '0'::xid8) as floor, coalesce(m.last_comparison, 0) as last offset 0) f
      where p.project_id = :project
      """;

  private final JdbcTemplate template;
  private final JdbcClient jdbc;

  LogTally(JdbcTemplate template) {
    this.template = template;
    this.jdbc = JdbcClient.create(template);
  }

  private record Mark(@Nullable String snapshot, long lastComparison) {}

  /** Whether there is something to add. */
  @Transactional(readOnly = true)
  public boolean isBehind(long projectId) {
    return jdbc.sql(IS_BEHIND)
        .param("project", projectId)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** Moves on, one transaction at a time for each project; nothing where the project is gone. */
  @Transactional
  public void advance(long projectId) {
    template.execute(
        (ConnectionCallback<@Nullable Void>)
            connection -> {
              TransactionLimits.raise(connection, LONGEST);
              return null;
            });
    if (!KeptProject.await(jdbc, projectId)) {
      return;
    }
    Mark mark = lock(projectId);
    // a statement of its own: whatever is visible in it is visible to those that follow
    String snapshot = jdbc.sql("select pg_current_snapshot()::text").query(String.class).single();
    addVerdicts(projectId, mark.snapshot(), snapshot);
    addComparisons(projectId, mark.lastComparison());
  }

  private Mark lock(long projectId) {
    jdbc.sql("insert into insight_mark (project_id) values (:project) on conflict do nothing")
        .param("project", projectId)
        .update();
    return jdbc.sql(
            """
            select snapshot::text, last_comparison
            from insight_mark
            where project_id = :project
            for update
            """)
        .param("project", projectId)
        .query((row, n) -> new Mark(row.getString("snapshot"), row.getLong("last_comparison")))
        .single();
  }

  private void addComparisons(long projectId, long last) {
    jdbc.sql(
            """
            update insight_mark
            set comparisons = insight_mark.comparisons + fresh.comparisons,
                last_comparison = greatest(last_comparison, fresh.last)
            from (select count(*) as comparisons, max(comparison_id) as last
                  from comparison
                  where project_id = :project and comparison_id > :last) fresh
            where project_id = :project and fresh.comparisons > 0
            """)
        .param("project", projectId)
        .param("last", last)
        .update();
  }

  private void addVerdicts(long projectId, @Nullable String before, String now) {
    jdbc.sql(TallyStatement.TEXT)
        .param("project", projectId)
        .param("before", before, Types.VARCHAR)
        .param("now", now)
        .update();
  }
}
