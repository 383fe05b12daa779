package dev.tiebreak.round;

import dev.tiebreak.body.FieldErrors;
import dev.tiebreak.body.JsonObject;
import dev.tiebreak.idempotency.HeldTransaction;
import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping(path = "/projects/{project}/refits", produces = MediaType.APPLICATION_JSON_VALUE)
class RefitController {

  private static final int LONGEST_WAIT_SECONDS = 60;

  private final Projects projects;
  private final Refits refits;
  private final RoundWatch watch;

  RefitController(Projects projects, Refits refits, RoundWatch watch) {
    this.projects = projects;
    this.refits = refits;
    this.watch = watch;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<RefitView> request(
      @PathVariable String project,
      @RequestParam @Nullable Integer wait,
      @RequestBody(required = false) @Nullable JsonNode body)
      throws InterruptedException {
    boolean certificate = certificate(body);
    int seconds = wait == null ? 0 : wait;
    if (seconds < 0 || seconds > LONGEST_WAIT_SECONDS) {
      throw ProblemException.invalid("wait", "must be from 0 to " + LONGEST_WAIT_SECONDS);
    }
    Project target = projects.require(project);
    long number = refits.request(target, certificate);
    watch.ring();
    URI location = URI.create("/projects/" + project + "/refits/" + number);
    RefitView refit = refits.require(target, number);
    if (seconds > 0) {
      HeldTransaction.commitEarly(answer(location, refit));
      refit = refits.await(target, number, Duration.ofSeconds(seconds));
    }
    return answer(location, refit);
  }

  private static ResponseEntity<RefitView> answer(URI location, RefitView refit) {
    return (refit.hasEnded() ? ResponseEntity.ok() : ResponseEntity.accepted())
        .location(location)
        .body(refit);
  }

  private static boolean certificate(@Nullable JsonNode body) {
    if (body == null) {
      return false;
    }
    FieldErrors errors = new FieldErrors();
    boolean certificate =
        JsonObject.of(body, "", Set.of("certificate"), errors).flag("certificate", false);
    errors.throwIfAny();
    return certificate;
  }

  @GetMapping
  Page<RefitView> list(@PathVariable String project, PageRequest request) {
    return refits.page(projects.require(project), request);
  }

  @GetMapping("/{number}")
  RefitView get(@PathVariable String project, @PathVariable long number) {
    return refits.require(projects.require(project), number);
  }
}
