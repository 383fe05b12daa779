package dev.tiebreak.queue;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.Project;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds out why there is nothing to lease. */
@Component
class EmptyReasons {

  private final JdbcClient jdbc;

  EmptyReasons(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The first reason that applies.
   *
   * @param budgetSpent whether the budget is what kept the answer short
   * @param limitReached whether the annotator's limit is
   */
  EmptyReason find(Project project, String annotator, boolean budgetSpent, boolean limitReached) {
    return EmptyReason.valueOf(
        jdbc.sql(
                """
                select case
                  when t.responses = 0 then 'NO_EMBEDDINGS'
                  when case p.pairing
                         when 'IN_PROMPT' then t.in_prompt_pairs = 0
                         when 'CROSS_PROMPT' then t.prompts < 2
                         else t.responses < 2
                       end then 'NO_CANDIDATES'
                  when :budgetSpent then 'BUDGET_SPENT'
                  when :limitReached then 'LEASE_LIMIT'
                  when r.running is not null or d.requested or d.refit_after or d.low_water then 'SELECTING'
                  when exists (
                    select from slot s
                    join verdict v on v.project_id = s.project_id and v.comparison_id = s.comparison_id
                      and v.annotator = :annotator
                    where s.project_id = p.project_id and s.state = 'OPEN')
                    then 'ALREADY_ANSWERED_BY_ANNOTATOR'
                  -- what is open then is in this annotator's hands by another slot, or being leased
                  when exists (
                    select from slot
                    where project_id = p.project_id and state in ('OPEN', 'LEASED'))
                    then 'ALL_LEASED'
                  when coalesce(r.selected_at, r.retry_at) is null or r.retry_at is not null then 'NOTHING_SELECTED'
                  else 'ALL_ANSWERED'
                end
                from project p
                join response_tally t on t.project_id = p.project_id
                join round_status r on r.project_id = p.project_id
                join round_due d on d.project_id = p.project_id
                where p.project_id = :project
                """)
            .param("project", project.projectId())
            .param("annotator", annotator)
            .param("budgetSpent", budgetSpent)
            .param("limitReached", limitReached)
            .query(String.class)
            .optional()
            .orElseThrow(() ->
                new ProblemException(
                    ProblemType.PROJECT_NOT_FOUND, "The project has been removed")));
  }
}
