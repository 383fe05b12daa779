package dev.tiebreak.page;

import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
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
  String projects(Model model) {
    model.addAttribute(
        "projects", projects.byPriorityThenAge().stream().map(Project::slug).toList());
    return "projects";
  }
}
