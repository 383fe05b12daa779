package dev.tiebreak.page;

import dev.tiebreak.access.Permissions;
import dev.tiebreak.project.Projects;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The team's pages: the projects, which {@code GET /projects} is where HTML is preferred, and a
 * dashboard of each. They hold no figure themselves: a script asks the contract's calls, so that a
 * person sees what a client would, and no more than that. Who may watch none is led to what they
 * may annotate.
 */
@Controller
class ProjectsController {

  private final Projects projects;
  private final ContractForms forms;
  private final Permissions permissions;

  ProjectsController(Projects projects, ContractForms forms, Permissions permissions) {
    this.projects = projects;
    this.forms = forms;
    this.permissions = permissions;
  }

  @GetMapping(path = "/projects", produces = MediaType.TEXT_HTML_VALUE)
  String projects(@Nullable Principal viewer, Model model) {
    if (!Offer.WATCH.isFor(viewer, permissions)) {
      return "redirect:/";
    }
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
