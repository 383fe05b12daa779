package dev.tiebreak.round;

import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.project.Projects;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/projects/{project}/batches")
class BatchController {

  private static final int MOST_COMPARISONS = 1000;
  private static final int MOST_OTHERS = 2000;

  private final Projects projects;
  private final Batches batches;
  private final BatchMaps maps;

  BatchController(Projects projects, Batches batches, BatchMaps maps) {
    this.projects = projects;
    this.batches = batches;
    this.maps = maps;
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  Page<BatchView> list(@PathVariable String project, PageRequest request) {
    return batches.page(projects.require(project), request);
  }

  @GetMapping(path = "/{number}", produces = MediaType.APPLICATION_JSON_VALUE)
  BatchDetail get(@PathVariable String project, @PathVariable long number) {
    return batches.require(projects.require(project), number);
  }

  @GetMapping(path = "/{number}/map", produces = MediaType.APPLICATION_JSON_VALUE)
  BatchMap map(
      @PathVariable String project,
      @PathVariable long number,
      @RequestParam(defaultValue = "200") int comparisons,
      @RequestParam(defaultValue = "300") int others) {
    if (comparisons < 1 || comparisons > MOST_COMPARISONS) {
      throw ProblemException.invalid("comparisons", "must be from 1 to " + MOST_COMPARISONS);
    }
    if (others < 0 || others > MOST_OTHERS) {
      throw ProblemException.invalid("others", "must be from 0 to " + MOST_OTHERS);
    }
    return maps.draw(projects.require(project), number, comparisons, others);
  }
}
