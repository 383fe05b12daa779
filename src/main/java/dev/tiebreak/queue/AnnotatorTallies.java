package dev.tiebreak.queue;

import dev.tiebreak.project.Project;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How much an annotator has done lately. */
@Service
public class AnnotatorTallies {

  private final JdbcClient jdbc;

  AnnotatorTallies(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An annotator's answers; revisions and skips left out.
   *
   * @param medianDurationMs of those that say how long they took; null of none
   */
  public record AnnotatorTally(long verdicts, @Nullable Double medianDurationMs) {}

  /** Those since a moment. */
  @Transactional(readOnly = true)
  public AnnotatorTally since(Project project, String annotator, Instant moment) {
    return jdbc.sql(
            """
            select count(*) as verdicts, percentile_cont(0.5) within group (order by duration_ms) as median
            from verdict
            where project_id = :project and annotator = :annotator and recorded_at >= :moment
              and preference <> 'SKIP' and outcome in ('COUNTED', 'LATE')
            """)
        .param("project", project.projectId())
        .param("annotator", annotator)
        .param("moment", moment.atOffset(ZoneOffset.UTC))
        .query((row, number) ->
            new AnnotatorTally(row.getLong("verdicts"), row.getObject("median", Double.class)))
        .single();
  }
}
