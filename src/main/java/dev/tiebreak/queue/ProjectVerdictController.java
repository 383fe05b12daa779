package dev.tiebreak.queue;

import dev.tiebreak.body.JsonRows;
import dev.tiebreak.body.RowLimits;
import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/projects/{project}/verdicts", produces = MediaType.APPLICATION_JSON_VALUE)
class ProjectVerdictController {

  private final Projects projects;
  private final VerdictHistory history;
  private final VerdictImport verdictImport;
  private final JsonRows rows = new JsonRows(RowLimits.SMALL);

  ProjectVerdictController(Projects projects, VerdictHistory history, VerdictImport verdictImport) {
    this.projects = projects;
    this.history = history;
    this.verdictImport = verdictImport;
  }

  @GetMapping
  Page<LoggedVerdict> log(@PathVariable String project, PageRequest request) {
    return history.page(projects.require(project), request);
  }

  @PostMapping(consumes = MediaType.APPLICATION_NDJSON_VALUE)
  VerdictImport.Result importLines(@PathVariable String project, HttpServletRequest request)
      throws IOException {
    Project target = projects.require(project);
    List<ImportedVerdict> verdicts = new ArrayList<>();
    rows.readLines(request.getInputStream(), row -> verdicts.add(ImportedVerdict.read(row)));
    return verdictImport.add(target, verdicts);
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  VerdictImport.Result importArray(@PathVariable String project, HttpServletRequest request)
      throws IOException {
    Project target = projects.require(project);
    List<ImportedVerdict> verdicts = new ArrayList<>();
    rows.readArray(
        request.getInputStream(), "verdicts", row -> verdicts.add(ImportedVerdict.read(row)));
    return verdictImport.add(target, verdicts);
  }
}
