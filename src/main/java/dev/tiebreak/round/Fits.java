package dev.tiebreak.round;

import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Posterior;
import dev.tiebreak.preference.Prior;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stored fits. Those of an earlier dimension of their project, which had no response then, are
 * of no use any more and count as none.
 */
public class Fits {

  private final JdbcClient jdbc;
  private final JsonMapper json;

  Fits(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** The newest fit; empty before the first round. */
  public Optional<FitSummary> newest(long projectId) {
    return newestNumber(projectId).flatMap(number -> find(projectId, number));
  }

  /** The fit of a round. */
  public Optional<FitSummary> find(long projectId, long number) {
    return jdbc.sql("select * from fit where project_id = :project and number = :number")
        .param("project", projectId)
        .param("number", number)
        .query((row, n) ->
            new FitSummary(
                row.getLong("number"),
                Doubles.of(row.getBytes("weights")),
                row.getLong("verdicts"),
                Prior.valueOf(row.getString("prior")),
                row.getDouble("prior_precision"),
                row.getObject("prior_exponent", Double.class),
                row.getInt("components"),
                row.getDouble("log_evidence"),
                row.getDouble("log_likelihood"),
                row.getDouble("log_det"),
                effects(row.getString("effects")),
                row.getObject("fitted_at", OffsetDateTime.class).toInstant()))
        .optional();
  }

  private FitEffects effects(@Nullable String stored) {
    return stored == null ? FitEffects.NONE : json.readValue(stored, FitEffects.class);
  }

  /** The number of the newest fit, which names it for as long as the project exists. */
  public Optional<Long> newestNumber(long projectId) {
    return jdbc.sql(
            """
            select f.number
            from fit f
            join project p on p.project_id = f.project_id and p.dimension = f.dimension
            where f.project_id = :project
            order by f.number desc
            limit 1
            """)
        .param("project", projectId)
        .query(Long.class)
        .optional();
  }

  /** What scores need of the newest fit; empty before the first round. */
  public Optional<Posterior> posterior(long projectId) {
    return jdbc.sql(
            """
            select f.weights, p.components, p.dimension, p.deviation
            from posterior p
            join fit f on f.project_id = p.project_id and f.number = p.number
            join project on project.project_id = p.project_id and project.dimension = p.dimension
            where p.project_id = :project
            """)
        .param("project", projectId)
        .query((row, number) ->
            new Posterior(
                Doubles.of(row.getBytes("weights")),
                new Matrix(
                    row.getInt("components"),
                    row.getInt("dimension"),
                    Doubles.of(row.getBytes("deviation")))))
        .optional();
  }
}
