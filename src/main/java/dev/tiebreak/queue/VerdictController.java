package dev.tiebreak.queue;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
class VerdictController {

  private final Verdicts verdicts;

  VerdictController(Verdicts verdicts) {
    this.verdicts = verdicts;
  }

  @PostMapping(
      path = "/verdicts",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  Results post(@Nullable Principal principal, @RequestBody JsonNode body) {
    List<VerdictResult> results = verdicts.record(VerdictInput.readAll(body), Caller.of(principal));
    ProblemType refusal = results.getFirst().refusal();
    if (!body.isArray() && refusal != null) {
      String detail = results.getFirst().detail();
      throw new ProblemException(refusal, detail == null ? refusal.title() : detail);
    }
    return new Results(results);
  }

  record Results(List<VerdictResult> results) {}
}
