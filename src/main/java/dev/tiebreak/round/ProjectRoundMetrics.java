package dev.tiebreak.round;

import dev.tiebreak.database.ProjectScope;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The newest round of each project, as gauges tagged {@code project}: for at most 100 projects,
 * those with the newest rounds, and only while they exist.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>unit</th><th>what</th></tr>
 * <tr><td>tiebreak.round.number</td><td></td><td>the newest batch's number</td></tr>
 * <tr><td>tiebreak.round.candidates</td><td>pairs</td><td>candidates of the newest batch</td></tr>
 * <tr><td>tiebreak.round.selected</td><td>pairs</td><td>size of the newest batch</td></tr>
 * <tr><td>tiebreak.round.gain.predicted</td><td>nats</td><td>predicted gain of the newest batch</td></tr>
 * <tr><td>tiebreak.round.verdicts.fresh</td><td>verdicts</td><td>counted verdicts since the newest fit</td></tr>
 * <tr><td>tiebreak.fit.verdicts</td><td>verdicts</td><td>verdicts of the newest fit</td></tr>
 * <tr><td>tiebreak.fit.iterations</td><td></td><td>iterations of the newest fit</td></tr>
 * <tr><td>tiebreak.fit.gradient.norm</td><td></td><td>largest component of its gradient</td></tr>
 * <tr><td>tiebreak.fit.log.det</td><td>nats</td><td>log det H of the newest fit</td></tr>
 * </table>
 */
@Component
class ProjectRoundMetrics {

  private static final int MOST_PROJECTS = 100;

  private record Meter(String column, MultiGauge gauge) {}

  private final JdbcClient jdbc;
  private final List<Meter> meters;

  /** By project and meter. */
  private volatile Map<String, double[]> newest = Map.of();

  ProjectRoundMetrics(@Qualifier("roundJdbcClient") JdbcClient jdbc, MeterRegistry registry) {
    this.jdbc = jdbc;
    meters =
        List.of(
            meter(registry, "number", "tiebreak.round.number", "The newest batch's number"),
            meter(
                registry,
                "candidates",
                "tiebreak.round.candidates",
                "Candidates of the newest batch"),
            meter(registry, "size", "tiebreak.round.selected", "Size of the newest batch"),
            meter(
                registry,
                "gain",
                "tiebreak.round.gain.predicted",
                "Predicted gain of the newest batch, nats"),
            meter(
                registry,
                "fresh",
                "tiebreak.round.verdicts.fresh",
                "Counted verdicts since the newest fit"),
            meter(registry, "verdicts", "tiebreak.fit.verdicts", "Verdicts of the newest fit"),
            meter(
                registry, "iterations", "tiebreak.fit.iterations", "Iterations of the newest fit"),
            meter(
                registry,
                "gradient_norm",
                "tiebreak.fit.gradient.norm",
                "Largest component of its gradient"),
            meter(
                registry, "log_det", "tiebreak.fit.log.det", "log det H of the newest fit, nats"));
  }

  private static Meter meter(
      MeterRegistry registry, String column, String name, String description) {
    return new Meter(column, MultiGauge.builder(name).description(description).register(registry));
  }

  /** Reads in the background, so that a scrape costs the database nothing. */
  @Scheduled(fixedDelayString = "${tiebreak.round.metrics-interval:5s}")
  void refresh() {
    Map<String, double[]> read = new LinkedHashMap<>();
    try {
      ProjectScope.all().run(() -> read(read));
    } catch (DataAccessException | TransactionException unavailable) {
      return;
    }
    newest = read;
    for (int i = 0; i < meters.size(); i++) {
      int place = i;
      // rows that stay are not registered anew: a scrape meanwhile would meet both
      meters
          .get(i)
          .gauge()
          .register(read.keySet().stream().map(project -> row(project, place)).toList(), false);
    }
  }

  private MultiGauge.Row<?> row(String project, int place) {
    return MultiGauge.Row.of(
        Tags.of("project", project), this, metrics -> metrics.value(project, place));
  }

  private double value(String project, int place) {
    double[] values = newest.get(project);
    return values == null ? Double.NaN : values[place];
  }

  private void read(Map<String, double[]> newest) {
    jdbc.sql(
            """
            select p.slug, b.number, b.candidates, b.size, (b.diagnostics ->> 'predictedGain')::float8 as gain,
                   f.verdicts, f.iterations, f.gradient_norm, f.log_det,
                   (select count(*)
                    from counted_verdict v
                    where v.project_id = p.project_id
                      and v.transaction_id >= s.fit_floor
                      and not pg_visible_in_snapshot(v.transaction_id, s.fit_snapshot)) as fresh
            from round_status s
            join project p on p.project_id = s.project_id
            join lateral (
              select * from batch where project_id = s.project_id order by number desc limit 1) b on true
            join fit f on f.project_id = b.project_id and f.number = b.fit
            order by s.selected_at desc
            limit :most
            """)
        .param("most", MOST_PROJECTS)
        .query(row -> {
          double[] values = new double[meters.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = row.getDouble(meters.get(i).column());
          }
          newest.put(row.getString("slug"), values);
        });
  }
}
