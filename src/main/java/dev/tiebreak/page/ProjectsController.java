package dev.tiebreak.page;

import dev.tiebreak.project.GrantedProjects;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The team's page of projects: what {@code GET /projects} is where HTML is preferred. */
@Controller
class ProjectsController {

  private final Projects projects;

  ProjectsController(Projects projects) {
    this.projects = projects;
  }

  @GetMapping(path = "/projects", produces = MediaType.TEXT_HTML_VALUE)
  String projects(@Nullable Principal principal, Model model) {
    model.addAttribute(
        "projects",
        projects.byPriorityThenAge(GrantedProjects.to(principal)).stream()
            .map(Project::slug)
            .toList());
    return "projects";
  }
}
