package dev.tiebreak.queue;

import dev.tiebreak.project.Project;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many verdicts a project may still pay for. */
@Component
class VerdictBudget {

  /** Sets this lock apart from those of annotators. */
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('budget', :project))";

  private final JdbcClient jdbc;

  VerdictBudget(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Leases that may be given now: the budget, less the counted verdicts, less the live leases.
   * Where there is a budget, the project is locked until the transaction ends, so that requests
   * side by side cannot exceed it.
   */
  long leasesLeft(Project project) {
    Long budget = project.settings().verdictBudget();
    if (budget == null) {
      return Long.MAX_VALUE;
    }
    jdbc.sql(LOCK).param("project", project.projectId()).query(rows -> {});
    long committed =
        jdbc.sql(
                """
                select (select count(*)
                        from (select from counted_verdict where project_id = :project limit :budget) v)
                  + (select count(*) from slot
                     where project_id = :project and is_live(state, expires_at))
                """)
            .param("project", project.projectId())
            .param("budget", budget)
            .query(Long.class)
            .single();
    return Math.max(0, budget - committed);
  }
}
