package dev.tiebreak.replay;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The results of a replay so far, as pictures. */
@RestController
@RequestMapping("/projects/{project}/replays/{number}/charts/{chart}")
class ReplayChartController {

  /** Beside the measures: what each strategy picks, and what becomes of a dimension of the grid. */
  static final String PICKS = "picks";

  static final String ABLATIONS = "ablations";

  private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml");

  private final Projects projects;
  private final ReplayResults replayResults;
  private final PlaneReader planes;

  ReplayChartController(Projects projects, ReplayResults replayResults, PlaneReader planes) {
    this.projects = projects;
    this.replayResults = replayResults;
    this.planes = planes;
  }

  /**
   * The form of a picture.
   *
   * @param width pixels
   * @param height pixels
   * @param labels how many comparisons {@code picks} shows
   * @param firstPanel number of the panel that it begins with
   * @param figure what of {@code ablations} is drawn
   */
  record Form(
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Integer labels,
      @Nullable Integer firstPanel,
      @Nullable String figure) {

    int widthOrUsual() {
      return checked("width", width, 900, 200, 4000);
    }

    int heightOrUsual() {
      return checked("height", height, 600, 200, 4000);
    }

    int labelsOrUsual() {
      return checked("labels", labels, 50, 1, CellRun.MOST_PICKS);
    }

    int firstPanelOrOne() {
      return firstPanel == null ? 1 : firstPanel;
    }

    AblationFigure figureOrFinal() {
      return figure == null ? AblationFigure.FINAL : AblationFigure.named(figure);
    }

    private static int checked(
        String name, @Nullable Integer value, int usual, int least, int greatest) {
      int checked = value == null ? usual : value;
      if (checked < least || checked > greatest) {
        throw ProblemException.invalid(name, "must be from " + least + " to " + greatest);
      }
      return checked;
    }
  }

  @GetMapping(produces = MediaType.IMAGE_PNG_VALUE)
  ResponseEntity<byte[]> png(
      @PathVariable String project,
      @PathVariable long number,
      @PathVariable String chart,
      Form form,
      TableQuery query) {
    int width = form.widthOrUsual();
    int height = form.heightOrUsual();
    return answer(
        MediaType.IMAGE_PNG,
        drawn(project, number, chart, form, query, picture -> picture.png(width, height)));
  }

  @GetMapping(produces = "image/svg+xml")
  ResponseEntity<byte[]> svg(
      @PathVariable String project,
      @PathVariable long number,
      @PathVariable String chart,
      Form form,
      TableQuery query) {
    int width = form.widthOrUsual();
    int height = form.heightOrUsual();
    return answer(
        SVG, drawn(project, number, chart, form, query, picture -> picture.svg(width, height)));
  }

  private static ResponseEntity<byte[]> answer(MediaType type, byte[] body) {
    return ResponseEntity.ok()
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .contentType(type)
        .body(body);
  }

  private byte[] drawn(
      String slug,
      long number,
      String chart,
      Form form,
      TableQuery query,
      Function<Picture, byte[]> drawing) {
    Project project = projects.require(slug);
    Results results = replayResults.of(project, number);
    return replayResults.inTurn(
        () -> drawing.apply(picture(project.projectId(), results, chart, form, query)));
  }

  private Picture picture(
      long projectId, Results results, String chart, Form form, TableQuery query) {
    int labels = form.labelsOrUsual();
    return switch (chart) {
      case PICKS -> planes.picks(projectId, results, labels);
      case ABLATIONS -> ablations(results, form, query);
      default -> curves(results, chart, form);
    };
  }

  private static Picture curves(Results results, String chart, Form form) {
    if (!Measure.isKnown(chart)) {
      throw none("There is no chart of this name: it is picks, ablations, or a measure's name");
    }
    if (results.done() > 0 && !results.measures().contains(chart)) {
      throw none("This replay does not have the measure; it has " + results.measures());
    }
    return new CurveChart(results, chart, PanelPage.of(results, null, form.firstPanelOrOne()));
  }

  private static ProblemException none(String detail) {
    return new ProblemException(ProblemType.PATH_NOT_FOUND, detail);
  }

  private static Picture ablations(Results results, Form form, TableQuery query) {
    Axis axis = query.axis();
    AblationFigure figure = form.figureOrFinal();
    List<String> measures = query.targetMeasures(results);
    String measure = measures.isEmpty() ? Measure.LOG_LOSS : measures.getFirst();
    return new AblationChart(
        results,
        Ablation.of(results, measure, query.target(results)),
        axis,
        figure,
        figure.words(measure),
        PanelPage.of(results, axis, form.firstPanelOrOne()));
  }
}
