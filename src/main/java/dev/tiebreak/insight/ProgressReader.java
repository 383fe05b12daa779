package dev.tiebreak.insight;

import dev.tiebreak.design.Arm;
import dev.tiebreak.project.Project;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads how a project is doing, at one moment. */
@Component
class ProgressReader {

  private static final int MOST_ROUNDS = 100;

  private final JdbcClient jdbc;
  private final VerdictFigures verdicts;
  private final RoundForecasts forecasts;

  ProgressReader(JdbcClient jdbc, VerdictFigures verdicts, RoundForecasts forecasts) {
    this.jdbc = jdbc;
    this.verdicts = verdicts;
    this.forecasts = forecasts;
  }

  /** The figures as the sums have them. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Figures read(Project project) {
    long projectId = project.projectId();
    List<FitScore> random = scores(projectId, Arm.RANDOM);
    long fromFit = random.isEmpty() ? 0 : LearningCurve.recent(random).getFirst().fit();
    Map<Long, Calibration.Expected> expected = forecasts.expected(projectId, fromFit);
    return new Figures(
        jdbc.sql("select now()").query(OffsetDateTime.class).single().toInstant(),
        counts(projectId),
        random,
        scores(projectId, Arm.DESIGN),
        rounds(projectId),
        verdicts.agreement(projectId, project.settings().seed()),
        verdicts.positionBias(projectId),
        verdicts.annotators(projectId),
        forecasts.newest(projectId).orElse(null),
        Calibration.of(random, expected),
        labels(projectId));
  }

  private ProgressView.Counts counts(long projectId) {
    return jdbc.sql(
            """
            select coalesce(t.responses, 0) as responses, coalesce(t.prompts, 0) as prompts,
                   (select count(*) from batch where project_id = :project) as rounds
            from project p
            left join response_tally t on t.project_id = p.project_id
            where p.project_id = :project
            """)
        .param("project", projectId)
        .query((row, n) ->
            new ProgressView.Counts(
                row.getLong("responses"),
                row.getLong("prompts"),
                row.getLong("rounds"),
                comparisons(projectId),
                verdicts.verdicts(projectId)))
        .optional()
        .orElseGet(() ->
            new ProgressView.Counts(0, 0, 0, comparisons(projectId), verdicts.verdicts(projectId)));
  }

  /** Only what waits is looked at; all and the answered are added up already. */
  private ProgressView.Comparisons comparisons(long projectId) {
    return jdbc.sql(COMPARISONS)
        .param("project", projectId)
        .query((row, n) -> {
          long open = row.getLong("open");
          long leased = row.getLong("leased");
          long answered = Math.max(0, row.getLong("judged") - row.getLong("judged_and_waiting"));
          return new ProgressView.Comparisons(
              open,
              leased,
              answered,
              Math.max(0, row.getLong("comparisons") - open - leased - answered));
        })
        .single();
  }

  static final String COMPARISONS =
      """
      select count(*) filter (where not w.leased) as open, count(*) filter (where w.leased) as leased,
             count(*) filter (where w.judged) as judged_and_waiting,
             (select coalesce(sum(comparisons), 0) from insight_unit where project_id = :project) as judged,
             (select coalesce(sum(comparisons), 0) from insight_mark where project_id = :project) as comparisons
      from (
        select comparison_id, bool_or(leased) as leased,
               bool_or((select imported from comparison c
                        where c.project_id = :project and c.comparison_id = s.comparison_id) > 0
                       or exists (select from slot a
                                  where a.project_id = :project and a.comparison_id = s.comparison_id
                                    and a.state = 'ANSWERED')) as judged
        from (select comparison_id, false as leased from slot where project_id = :project and state = 'OPEN'
              union all
              select comparison_id, true from slot where project_id = :project and state = 'LEASED') s
        group by comparison_id) w
      """;

  private List<FitScore> scores(long projectId, Arm arm) {
    return jdbc.sql(
            """
            select s.*, f.verdicts as labels
            from insight_score s
            join fit f on f.project_id = s.project_id and f.number = s.fit
            where s.project_id = :project and s.arm = :arm and s.verdicts > 0
            order by s.fit
            """)
        .param("project", projectId)
        .param("arm", arm.name())
        .query((row, n) ->
            new FitScore(
                row.getLong("fit"),
                row.getLong("labels"),
                new Score(
                    row.getLong("verdicts"),
                    row.getLong("halves"),
                    row.getDouble("correct"),
                    row.getDouble("log_loss"),
                    row.getDouble("log_loss_squared"))))
        .list();
  }

  private List<ProgressView.Round> rounds(long projectId) {
    return jdbc.sql(
            """
            select b.number, b.selected_at, f.verdicts, b.size,
                   (b.diagnostics ->> 'logDetBefore')::float8 as log_det_before,
                   (b.diagnostics ->> 'logDetAfter')::float8 as log_det_after,
                   (b.diagnostics ->> 'predictedGain')::float8 as predicted_gain,
                   (b.diagnostics ->> 'realisedGain')::float8 as realised_gain
            from batch b
            join fit f on f.project_id = b.project_id and f.number = b.fit
            where b.project_id = :project
            order by b.number desc
            limit :most
            """)
        .param("project", projectId)
        .param("most", MOST_ROUNDS)
        .query((row, n) ->
            new ProgressView.Round(
                row.getLong("number"),
                row.getObject("selected_at", OffsetDateTime.class).toInstant(),
                row.getLong("verdicts"),
                row.getInt("size"),
                row.getDouble("log_det_before"),
                row.getDouble("log_det_after"),
                row.getDouble("predicted_gain"),
                row.getObject("realised_gain", Double.class)))
        .list()
        .reversed();
  }

  private long labels(long projectId) {
    return jdbc.sql(
            """
            select verdicts
            from fit
            where project_id = :project
            order by number desc
            limit 1
            """)
        .param("project", projectId)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }
}
