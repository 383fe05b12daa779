package dev.tiebreak.insight;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/projects/{project}/progress")
class ProgressController {

  private static final int MOST_POINT_VERDICTS = 100_000;

  private final Projects projects;
  private final RecentFigures figures;

  ProgressController(Projects projects, RecentFigures figures) {
    this.projects = projects;
    this.figures = figures;
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  ProgressView get(
      @PathVariable String project,
      @RequestParam(required = false) @Nullable Double worth,
      @RequestParam(defaultValue = "" + VerdictFigures.MOST_ANNOTATORS) int annotators,
      @RequestParam(defaultValue = "1") int pointVerdicts) {
    if (worth != null && !(worth > 0 && worth <= 1e12)) {
      throw ProblemException.invalid("worth", "must be greater than 0 and at most 1e12");
    }
    if (annotators < 0 || annotators > VerdictFigures.MOST_ANNOTATORS) {
      throw ProblemException.invalid(
          "annotators", "must be from 0 to " + VerdictFigures.MOST_ANNOTATORS);
    }
    if (pointVerdicts < 1 || pointVerdicts > MOST_POINT_VERDICTS) {
      throw ProblemException.invalid("pointVerdicts", "must be from 1 to " + MOST_POINT_VERDICTS);
    }
    Project target = projects.require(project);
    return view(target, figures.of(target), new Wanted(worth, annotators, pointVerdicts));
  }

  /** What the request says of its answer. */
  private record Wanted(@Nullable Double worth, int annotators, int pointVerdicts) {}

  private static ProgressView view(Project project, Figures figures, Wanted wanted) {
    Pricing pricing = new Pricing(project.settings());
    ProgressView.Verdicts verdicts = figures.counts().verdicts();
    return new ProgressView(
        project.slug(),
        figures.asOf(),
        figures.counts(),
        new ProgressView.Curves(
            LearningCurve.of(figures.random(), wanted.pointVerdicts()),
            LearningCurve.of(figures.design(), wanted.pointVerdicts())),
        figures.rounds(),
        figures.agreement(),
        figures.positionBias(),
        figures.annotators().first(wanted.annotators()),
        pricing.cost(verdicts.counted(), verdicts.lastHour()),
        stopping(pricing, figures, wanted.worth()));
  }

  private static ProgressView.Stopping stopping(
      Pricing pricing, Figures figures, @Nullable Double worth) {
    @Nullable Forecast forecast = figures.forecast();
    int verdicts = forecast == null ? Forecaster.HORIZON : forecast.verdicts();
    @Nullable Trend trend = Trend.of(figures.random(), figures.labels(), verdicts);
    StoppingAdvice advice =
        StoppingAdvice.of(
            new StoppingAdvice.Evidence(
                pricing.left(figures.counts().verdicts().counted()),
                forecast,
                figures.calibration(),
                trend),
            pricing.leastGain(verdicts, worth));
    return new ProgressView.Stopping(
        advice.advice(),
        advice.reason(),
        advice.leastGain(),
        verdicts,
        pricing.price(verdicts),
        forecast == null ? null : pricing.pricePerPoint(verdicts, forecast.accuracyGain()),
        forecast,
        figures.calibration(),
        trend);
  }
}
