package dev.tiebreak.page;

import dev.tiebreak.project.Projects;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The team's pages: the projects, which {@code GET /projects} is where HTML is preferred, and a
 * dashboard of each. They hold no figure themselves: a script asks the contract's calls, so that a
 * person sees what a client would, and no more than that.
 */
@Controller
class ProjectsController {

  private final Projects projects;
  private final ContractForms forms;

  ProjectsController(Projects projects, ContractForms forms) {
    this.projects = projects;
    this.forms = forms;
  }

  @GetMapping(path = "/projects", produces = MediaType.TEXT_HTML_VALUE)
  String projects(Model model) {
    model.addAttribute("groups", SettingGroup.all(forms.fields("ProjectSettings")));
    return "projects";
  }

  @GetMapping(path = "/projects/{project}/dashboard", produces = MediaType.TEXT_HTML_VALUE)
  String dashboard(@PathVariable String project, Model model) {
    model.addAttribute("project", projects.require(project).slug());
    model.addAttribute("groups", SettingGroup.all(forms.fields("ProjectSettings")));
    model.addAttribute("replayFields", forms.fields("ReplaySettings"));
    model.addAttribute("modelTypes", forms.mediaTypes("/projects/{project}/model"));
    model.addAttribute("exportFormats", forms.choices("/projects/{project}/export", "format"));
    return "dashboard";
  }
}
