package dev.tiebreak.project;

import dev.tiebreak.database.Contention;
import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import dev.tiebreak.problem.ProblemException;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/projects")
class ProjectController {

  private final Projects projects;

  ProjectController(Projects projects) {
    this.projects = projects;
  }

  @PutMapping(
      path = "/{project}",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ProjectView> put(@PathVariable String project, @RequestBody JsonNode body) {
    ProjectSettings settings = SettingsBody.read(body);
    Projects.Put put;
    try {
      put = projects.put(project, settings);
    } catch (DataIntegrityViolationException createdMeanwhile) {
      put = projects.put(project, settings);
    }
    ProjectView view = view(put.project());
    return put.created()
        ? ResponseEntity.created(URI.create("/projects/" + project)).body(view)
        : ResponseEntity.ok(view);
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  Page<ProjectView> list(@Nullable Principal principal, PageRequest request) {
    return projects.list(request, GrantedProjects.to(principal)).map(this::view);
  }

  @GetMapping(path = "/{project}", produces = MediaType.APPLICATION_JSON_VALUE)
  ProjectView get(@PathVariable String project) {
    return view(projects.require(project));
  }

  @DeleteMapping("/{project}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String project, @RequestParam @Nullable String confirm) {
    projects.require(project);
    if (!project.equals(confirm)) {
      throw ProblemException.invalid(
          "confirm", "must repeat the project's name, as all that it holds is removed");
    }
    // a comparison that is leased, or an upload that begins, at the same moment crosses it
    Contention.retry(
        List.of(DataIntegrityViolationException.class, PessimisticLockingFailureException.class),
        () -> projects.delete(project));
  }

  private ProjectView view(Project project) {
    return ProjectView.of(project, projects.counts(project));
  }
}
