package dev.tiebreak.page;

import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The page on which an annotator decides; what it does, it does over the contract's calls. */
@Controller
class AnnotateController {

  /**
   * Beside the policy of all pages: the only way for text to become elements is through the
   * sanitizer, whichever of our scripts would want to go another.
   */
  private static final String ONLY_SANITIZED =
      "require-trusted-types-for 'script'; trusted-types dompurify";

  private final Projects projects;

  AnnotateController(Projects projects) {
    this.projects = projects;
  }

  @GetMapping(path = "/annotate/{project}", produces = MediaType.TEXT_HTML_VALUE)
  String annotate(@PathVariable String project, Model model, HttpServletResponse response) {
    Project target = projects.require(project);
    model.addAttribute("project", target.slug());
    model.addAttribute("settings", target.settings());
    response.addHeader("Content-Security-Policy", ONLY_SANITIZED);
    return "annotate";
  }
}
