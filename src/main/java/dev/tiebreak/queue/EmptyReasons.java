package dev.tiebreak.queue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.project.Project;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds out why there is nothing to lease. */
@Component
class EmptyReasons {

  /** So long an answer to whether a round is due is believed, as it counts verdicts and slots. */
  private static final Duration MEMORY = Duration.ofSeconds(1);

  private static final int MOST_REMEMBERED = 10_000;

  /** Whether a round of project p is due; a subquery, so that it counts only where that matters. */
  private static final String IS_DUE =
      "(select d.refit_after or d.low_water from round_due d where d.project_id = p.project_id)";

  private final JdbcClient jdbc;
  private final Cache<Long, Due> due =
      Caffeine.newBuilder().expireAfterWrite(MEMORY).maximumSize(MOST_REMEMBERED).build();

  EmptyReasons(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Whether a round was due.
   *
   * @param epoch of the round before; once another has begun this tells nothing
   * @param settingsOf when the settings that it follows from were made
   * @param ended when a round was published or failed last
   */
  private record Due(
      boolean due, long epoch, OffsetDateTime settingsOf, @Nullable OffsetDateTime ended) {

    static final Due UNKNOWN = new Due(false, -1, OffsetDateTime.MIN, null);
  }

  /**
   * The first reason that applies.
   *
   * @param budgetSpent whether the budget is what kept the answer short
   * @param limitReached whether the annotator's limit is
   */
  EmptyReason find(Project project, String annotator, boolean budgetSpent, boolean limitReached) {
    Due known = due.get(project.projectId(), this::readDue);
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
                  when r.running is not null
                    or exists (select from round where project_id = p.project_id and state = 'QUEUED')
                    then 'SELECTING'
                  when case
                         when r.epoch = :epoch and p.updated_at = :settingsOf
                           and greatest(r.selected_at, r.retry_at) is not distinct from :ended then :due
                         else %1$s
                       end then 'SELECTING'
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
                  -- the last verdict makes a round due: what was believed until now may be out of date
                  when %1$s then 'SELECTING'
                  when coalesce(r.selected_at, r.retry_at) is null or r.retry_at is not null then 'NOTHING_SELECTED'
                  else 'ALL_ANSWERED'
                end
                from project p
                join response_tally t on t.project_id = p.project_id
                join round_status r on r.project_id = p.project_id
                where p.project_id = :project
                """
                    .formatted(IS_DUE))
            .param("project", project.projectId())
            .param("annotator", annotator)
            .param("budgetSpent", budgetSpent)
            .param("limitReached", limitReached)
            .param("due", known.due)
            .param("epoch", known.epoch)
            .param("settingsOf", known.settingsOf)
            .param("ended", known.ended, Types.TIMESTAMP_WITH_TIMEZONE)
            .query(String.class)
            .optional()
            .orElseThrow(ProblemException::projectRemoved));
  }

  private Due readDue(long projectId) {
    return jdbc.sql(
            """
            select %s as due, r.epoch, p.updated_at, greatest(r.selected_at, r.retry_at) as ended
            from project p
            join round_status r on r.project_id = p.project_id
            where p.project_id = :project
            """
                .formatted(IS_DUE))
        .param("project", projectId)
        .query((row, number) ->
            new Due(
                row.getBoolean("due"),
                row.getLong("epoch"),
                row.getObject("updated_at", OffsetDateTime.class),
                row.getObject("ended", OffsetDateTime.class)))
        .optional()
        .orElse(Due.UNKNOWN);
  }
}
