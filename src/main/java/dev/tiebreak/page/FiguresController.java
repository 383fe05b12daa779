package dev.tiebreak.page;

import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import dev.tiebreak.queue.AnnotatorTallies;
import dev.tiebreak.queue.AnnotatorTallies.AnnotatorTally;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** A piece of the annotator's page: how far the person and the project are. */
@Controller
class FiguresController {

  private static final Duration LONGEST = Duration.ofDays(2);

  private final Projects projects;
  private final AnnotatorTallies tallies;
  private final Clock clock;

  FiguresController(Projects projects, AnnotatorTallies tallies, Clock clock) {
    this.projects = projects;
    this.tallies = tallies;
    this.clock = clock;
  }

  /**
   * The figures.
   *
   * @param annotator whose, where nobody is logged in
   * @param since when their day began
   */
  @GetMapping(path = "/annotate/{project}/figures", produces = MediaType.TEXT_HTML_VALUE)
  String figures(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String annotator,
      @RequestParam Instant since,
      @Nullable Principal viewer,
      Model model) {
    Project target = projects.require(project);
    Instant earliest = clock.instant().minus(LONGEST);
    AnnotatorTally own =
        tallies.since(
            target,
            viewer == null ? annotator : viewer.getName(),
            since.isBefore(earliest) ? earliest : since);
    model.addAttribute("own", own);
    model.addAttribute("medianTime", seconds(own.medianDurationMs()));
    addProject(target, model);
    return "figures";
  }

  /** Towards the budget where there is one, else towards what has been selected. */
  private void addProject(Project project, Model model) {
    Map<String, Long> counts = projects.counts(project);
    Long budget = project.settings().verdictBudget();
    long waiting = count(counts, "comparisonsOpen") + count(counts, "comparisonsLeased");
    long done =
        budget == null ? count(counts, "comparisonsAnswered") : count(counts, "verdictsCounted");
    long wanted = budget == null ? done + waiting : budget;
    model.addAttribute("done", Math.min(done, wanted));
    model.addAttribute("wanted", Math.max(1, wanted));
    model.addAttribute(
        "projectText",
        budget == null
            ? String.format(Locale.ENGLISH, "%,d answered, %,d waiting", done, waiting)
            : String.format(Locale.ENGLISH, "%,d of %,d verdicts", done, budget));
  }

  private static long count(Map<String, Long> counts, String name) {
    return counts.getOrDefault(name, 0L);
  }

  private static String seconds(@Nullable Double milliseconds) {
    return milliseconds == null
        ? "–"
        : String.format(
            Locale.ENGLISH, milliseconds < 10_000 ? "%.1f s" : "%.0f s", milliseconds / 1000);
  }
}
