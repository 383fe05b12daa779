package dev.tiebreak.replay;

import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

@RestController
@RequestMapping(path = "/projects/{project}/replays", produces = MediaType.APPLICATION_JSON_VALUE)
class ReplayController {

  private final Projects projects;
  private final Replays replays;
  private final ReplayMaterial material;
  private final ReplayWatch watch;

  ReplayController(Projects projects, Replays replays, ReplayMaterial material, ReplayWatch watch) {
    this.projects = projects;
    this.replays = replays;
    this.material = material;
    this.watch = watch;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ReplayView> request(
      @PathVariable String project, @RequestBody(required = false) @Nullable JsonNode body) {
    Project target = projects.require(project);
    JsonNode settings = body == null ? JsonNodeFactory.instance.objectNode() : body;
    long number = replays.request(target, () -> material.settings(target, settings));
    watch.ring();
    return ResponseEntity.accepted()
        .location(URI.create("/projects/" + project + "/replays/" + number))
        .body(replays.require(target, number));
  }

  @GetMapping
  Page<ReplayView> list(@PathVariable String project, PageRequest request) {
    return replays.page(projects.require(project), request);
  }

  @GetMapping("/{number}")
  ReplayView get(@PathVariable String project, @PathVariable long number) {
    return replays.require(projects.require(project), number);
  }

  /**
   * Cancels one that has not ended, and keeps what it has; repeated, it changes nothing. Removes
   * one only where its number is confirmed.
   */
  @DeleteMapping("/{number}")
  ResponseEntity<ReplayView> delete(
      @PathVariable String project,
      @PathVariable long number,
      @RequestParam(required = false) @Nullable Long confirm) {
    Project target = projects.require(project);
    if (confirm == null) {
      return ResponseEntity.ok(replays.cancel(target, number));
    }
    if (confirm != number) {
      throw ProblemException.invalid("confirm", "must be the replay's number, " + number);
    }
    replays.remove(target, number);
    return ResponseEntity.noContent().build();
  }
}
