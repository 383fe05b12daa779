package dev.tiebreak.replay;

import dev.tiebreak.candidate.EmbeddingSet;
import dev.tiebreak.candidate.Metadata;
import dev.tiebreak.candidate.ResidentEmbeddings;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The results of a replay so far, as pictures. */
@RestController
@RequestMapping("/projects/{project}/replays/{number}/charts/{chart}")
class ReplayChartController {

  /** Beside the measures: what each strategy picks. */
  static final String PICKS = "picks";

  private static final int LEAST_SIDE = 200;
  private static final int GREATEST_SIDE = 4000;
  private static final String SVG = "image/svg+xml";

  private final Projects projects;
  private final Replays replays;
  private final ResidentEmbeddings resident;
  private final Metadata metadata;
  private final LinearAlgebra algebra;

  ReplayChartController(
      Projects projects,
      Replays replays,
      ResidentEmbeddings resident,
      Metadata metadata,
      LinearAlgebra algebra) {
    this.projects = projects;
    this.replays = replays;
    this.resident = resident;
    this.metadata = metadata;
    this.algebra = algebra;
  }

  /** The size of a picture, and how many comparisons {@code picks} shows. */
  record Form(int width, int height, int labels) {}

  @GetMapping(produces = MediaType.IMAGE_PNG_VALUE)
  ResponseEntity<byte[]> png(
      @PathVariable String project,
      @PathVariable long number,
      @PathVariable String chart,
      @RequestParam(defaultValue = "900") int width,
      @RequestParam(defaultValue = "600") int height,
      @RequestParam(defaultValue = "50") int labels) {
    Form form = checked(width, height, labels);
    return answer(MediaType.IMAGE_PNG, picture(project, number, chart, form).png(width, height));
  }

  @GetMapping(produces = SVG)
  ResponseEntity<byte[]> svg(
      @PathVariable String project,
      @PathVariable long number,
      @PathVariable String chart,
      @RequestParam(defaultValue = "900") int width,
      @RequestParam(defaultValue = "600") int height,
      @RequestParam(defaultValue = "50") int labels) {
    Form form = checked(width, height, labels);
    return answer(
        MediaType.parseMediaType(SVG), picture(project, number, chart, form).svg(width, height));
  }

  private static ResponseEntity<byte[]> answer(MediaType type, byte[] body) {
    return ResponseEntity.ok()
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .contentType(type)
        .body(body);
  }

  private static Form checked(int width, int height, int labels) {
    check("width", width, LEAST_SIDE, GREATEST_SIDE);
    check("height", height, LEAST_SIDE, GREATEST_SIDE);
    check("labels", labels, 1, CellRun.MOST_PICKS);
    return new Form(width, height, labels);
  }

  private static void check(String name, int value, int least, int greatest) {
    if (value < least || value > greatest) {
      throw ProblemException.invalid(name, "must be from " + least + " to " + greatest);
    }
  }

  private Picture picture(String slug, long number, String chart, Form form) {
    Project project = projects.require(slug);
    Results results = replays.results(project, number);
    if (chart.equals(PICKS)) {
      return picks(project, results, form.labels());
    }
    if (!Measure.isKnown(chart)) {
      throw ProblemException.invalid(
          "chart",
          "must be picks, oneMinusSpearman, accuracy, logLoss, selectionMillis, fitMillis, or bestOf"
              + " and a number");
    }
    return new CurveChart(results, chart);
  }

  private Picture picks(Project project, Results results, int labels) {
    long projectId = project.projectId();
    ReplaySettings settings = results.settings();
    String gold = settings.goldField();
    EmbeddingSet set = resident.load(projectId);
    List<String> fields = settings.planeFields();
    Plane plane =
        fields == null
            ? Plane.of(set.embeddings(), algebra)
            : new Plane(
                column(projectId, set, fields.get(0)),
                column(projectId, set, fields.get(1)),
                fields.get(0),
                fields.get(1));
    return new PicksChart(
        results, plane, gold == null ? new double[0] : column(projectId, set, gold), labels);
  }

  private double[] column(long projectId, EmbeddingSet set, String field) {
    Map<Long, Double> numbers = metadata.numbers(projectId, field);
    return Arrays.stream(set.ordinals())
        .mapToDouble(ordinal -> numbers.getOrDefault(ordinal, Double.NaN))
        .toArray();
  }
}
