package dev.tiebreak.round;

import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import dev.tiebreak.project.Projects;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/projects/{project}/batches")
class BatchController {

  private final Projects projects;
  private final Batches batches;

  BatchController(Projects projects, Batches batches) {
    this.projects = projects;
    this.batches = batches;
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  Page<BatchView> list(@PathVariable String project, PageRequest request) {
    return batches.page(projects.require(project), request);
  }

  @GetMapping(path = "/{number}", produces = MediaType.APPLICATION_JSON_VALUE)
  BatchDetail get(@PathVariable String project, @PathVariable long number) {
    return batches.require(projects.require(project), number);
  }
}
