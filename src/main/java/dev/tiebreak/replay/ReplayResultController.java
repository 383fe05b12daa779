package dev.tiebreak.replay;

import dev.tiebreak.project.Projects;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The results of a replay so far: each table as JSON and as CSV, of the same rows. */
@RestController
@RequestMapping("/projects/{project}/replays/{number}")
class ReplayResultController {

  private static final String CSV = "text/csv";
  private static final MediaType CSV_UTF_8 = new MediaType("text", "csv", StandardCharsets.UTF_8);

  private final Projects projects;
  private final Replays replays;

  ReplayResultController(Projects projects, Replays replays) {
    this.projects = projects;
    this.replays = replays;
  }

  /**
   * A table.
   *
   * @param items its rows
   */
  record Table<R>(List<R> items) {}

  @GetMapping(path = "/curves", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Table<ResultRow.Curve>> curves(
      @PathVariable String project, @PathVariable long number) {
    return json(rows(project, number, Results::curves));
  }

  @GetMapping(path = "/curves", produces = CSV)
  ResponseEntity<byte[]> curvesAsCsv(@PathVariable String project, @PathVariable long number) {
    return csv(ResultRow.Curve.class, rows(project, number, Results::curves));
  }

  @GetMapping(path = "/points", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Table<ResultRow.CellPoint>> points(
      @PathVariable String project, @PathVariable long number) {
    return json(rows(project, number, Results::points));
  }

  @GetMapping(path = "/points", produces = CSV)
  ResponseEntity<byte[]> pointsAsCsv(@PathVariable String project, @PathVariable long number) {
    return csv(ResultRow.CellPoint.class, rows(project, number, Results::points));
  }

  @GetMapping(path = "/differences", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Table<ResultRow.Difference>> differences(
      @PathVariable String project, @PathVariable long number) {
    return json(rows(project, number, Results::differences));
  }

  @GetMapping(path = "/differences", produces = CSV)
  ResponseEntity<byte[]> differencesAsCsv(@PathVariable String project, @PathVariable long number) {
    return csv(ResultRow.Difference.class, rows(project, number, Results::differences));
  }

  @GetMapping(path = "/ratios", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Table<ResultRow.Ratio>> ratios(
      @PathVariable String project, @PathVariable long number, TargetQuery target) {
    return json(rows(project, number, target, Results::ratios));
  }

  @GetMapping(path = "/ratios", produces = CSV)
  ResponseEntity<byte[]> ratiosAsCsv(
      @PathVariable String project, @PathVariable long number, TargetQuery target) {
    return csv(ResultRow.Ratio.class, rows(project, number, target, Results::ratios));
  }

  @GetMapping(path = "/diversity", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Table<ResultRow.Diversity>> diversity(
      @PathVariable String project, @PathVariable long number) {
    return json(rows(project, number, Results::diversity));
  }

  @GetMapping(path = "/diversity", produces = CSV)
  ResponseEntity<byte[]> diversityAsCsv(@PathVariable String project, @PathVariable long number) {
    return csv(ResultRow.Diversity.class, rows(project, number, Results::diversity));
  }

  @GetMapping(path = "/costs", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Table<ResultRow.Cost>> costs(
      @PathVariable String project, @PathVariable long number, TargetQuery target) {
    return json(rows(project, number, target, Results::costs));
  }

  @GetMapping(path = "/costs", produces = CSV)
  ResponseEntity<byte[]> costsAsCsv(
      @PathVariable String project, @PathVariable long number, TargetQuery target) {
    return csv(ResultRow.Cost.class, rows(project, number, target, Results::costs));
  }

  private <R> List<R> rows(String project, long number, Function<Results, List<R>> table) {
    return table.apply(replays.results(projects.require(project), number));
  }

  private <R> List<R> rows(
      String project, long number, TargetQuery target, Function<Results, List<R>> table) {
    return table.apply(replays.results(projects.require(project), number, target));
  }

  private static <R> ResponseEntity<Table<R>> json(List<R> rows) {
    return ResponseEntity.ok()
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .contentType(MediaType.APPLICATION_JSON)
        .body(new Table<>(rows));
  }

  private static <R extends Record> ResponseEntity<byte[]> csv(Class<R> type, List<R> rows) {
    StringBuilder text = new StringBuilder();
    Csv.write(type, rows.stream(), text);
    return ResponseEntity.ok()
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .contentType(CSV_UTF_8)
        .body(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
