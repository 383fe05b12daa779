package dev.tiebreak.insight;

import dev.tiebreak.project.KeptProject;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The stored forecasts, one a round. */
@Component
class RoundForecasts {

  private final JdbcClient jdbc;
  private final JsonMapper json;

  RoundForecasts(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Stores one, be it none; nothing where the project is gone. */
  @Transactional
  public void store(long projectId, long round, @Nullable Forecast forecast) {
    if (KeptProject.await(jdbc, projectId)) {
      jdbc.sql(
              """
              insert into insight_forecast (project_id, number, fit, forecast)
              select project_id, number, fit, :forecast::jsonb
              from batch
              where project_id = :project and number = :round
              on conflict do nothing
              """)
          .param(
              "forecast",
              forecast == null ? null : json.writeValueAsString(forecast),
              Types.VARCHAR)
          .param("project", projectId)
          .param("round", round)
          .update();
    }
  }

  /**
   * The newest, which may be of the round before while the newest round's is being made; empty
   * where there is none.
   */
  Optional<Forecast> newest(long projectId) {
    return jdbc.sql(
            """
            select f.forecast::text
            from insight_forecast f
            join fit on fit.project_id = f.project_id and fit.number = f.fit
            join project p on p.project_id = f.project_id and p.dimension = fit.dimension
            where f.project_id = :project
            order by f.number desc
            limit 1
            """)
        .param("project", projectId)
        .query((row, n) -> Optional.ofNullable(row.getString(1)))
        .optional()
        .flatMap(text -> text)
        .map(text -> json.readValue(text, Forecast.class));
  }

  /** What the fits from one on expect of themselves, by the round that made them. */
  Map<Long, Calibration.Expected> expected(long projectId, long fromFit) {
    Map<Long, Calibration.Expected> expected = new HashMap<>();
    jdbc.sql(
            """
            select distinct on (fit) fit,
                   (forecast -> 'accuracy' ->> 'value')::float8 as accuracy,
                   (forecast -> 'logLoss' ->> 'value')::float8 as log_loss
            from insight_forecast
            where project_id = :project and fit >= :from and forecast is not null
            order by fit, number
            """)
        .param("project", projectId)
        .param("from", fromFit)
        .query(row -> {
          expected.put(
              row.getLong("fit"),
              new Calibration.Expected(row.getDouble("accuracy"), row.getDouble("log_loss")));
        });
    return expected;
  }
}
