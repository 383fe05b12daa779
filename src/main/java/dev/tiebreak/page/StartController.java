package dev.tiebreak.page;

import dev.tiebreak.access.Permissions;
import dev.tiebreak.project.GrantedProjects;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page on which an annotator picks a project; who is none is led to the team's. */
@Controller
class StartController {

  private static final int MOST_SHOWN = 100;

  private final Projects projects;
  private final Permissions permissions;

  StartController(Projects projects, Permissions permissions) {
    this.projects = projects;
    this.permissions = permissions;
  }

  /**
   * A project to pick.
   *
   * @param instructions their first line of text
   * @param open comparisons that wait
   */
  record Card(String project, @Nullable String instructions, long open, long answered) {}

  @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
  String start(@Nullable Principal principal, Model model) {
    if (!Offer.ANNOTATE.isFor(principal, permissions)) {
      return "redirect:/projects";
    }
    List<Project> all = projects.byPriorityThenAge(GrantedProjects.to(principal));
    model.addAttribute("cards", all.stream().limit(MOST_SHOWN).map(this::card).toList());
    model.addAttribute("more", Math.max(0, all.size() - MOST_SHOWN));
    return "start";
  }

  private Card card(Project project) {
    Map<String, Long> counts = projects.counts(project);
    return new Card(
        project.slug(),
        FirstLine.of(project.settings().instructions()),
        counts.getOrDefault("comparisonsOpen", 0L) + counts.getOrDefault("comparisonsLeased", 0L),
        counts.getOrDefault("comparisonsAnswered", 0L));
  }
}
