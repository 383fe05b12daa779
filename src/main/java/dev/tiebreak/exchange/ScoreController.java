package dev.tiebreak.exchange;

import dev.tiebreak.body.FieldErrors;
import dev.tiebreak.body.JsonObject;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.preference.Posterior;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
class ScoreController {

  private static final int MOST_AT_ONCE = 10_000;

  private final Projects projects;
  private final Scorer scorer;

  ScoreController(Projects projects, Scorer scorer) {
    this.projects = projects;
    this.scorer = scorer;
  }

  record Score(double reward, double standardDeviation) {}

  record Scores(List<Score> scores) {}

  @PostMapping(
      path = "/projects/{project}/scores",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  Scores score(@PathVariable String project, @RequestBody JsonNode body) {
    Project target = projects.require(project);
    Posterior posterior = scorer.posterior(target);
    FloatMatrix embeddings = read(body, posterior.dimension());
    Posterior.Scores scored = scorer.score(posterior, scorer.embeddings(target), embeddings);
    List<Score> scores = new ArrayList<>();
    for (int i = 0; i < embeddings.rows(); i++) {
      scores.add(new Score(scored.rewards()[i], scored.standardDeviations()[i]));
    }
    return new Scores(scores);
  }

  private static FloatMatrix read(JsonNode body, int dimension) {
    FieldErrors errors = new FieldErrors();
    JsonObject.of(body, "", Set.of("embeddings"), errors);
    errors.throwIfAny();
    @Nullable JsonNode rows = body.get("embeddings");
    if (rows == null || !rows.isArray() || rows.size() > MOST_AT_ONCE) {
      throw ProblemException.invalid(
          "/embeddings", "must be an array of at most " + MOST_AT_ONCE + " embeddings");
    }
    FloatMatrix embeddings = FloatMatrix.allocate(rows.size(), dimension);
    for (int i = 0; i < rows.size(); i++) {
      readRow(rows.get(i), i, embeddings, errors);
    }
    errors.throwIfAny();
    return embeddings;
  }

  private static void readRow(JsonNode row, int index, FloatMatrix into, FieldErrors errors) {
    int dimension = into.columns();
    if (!row.isArray() || row.size() != dimension) {
      errors.add("/embeddings/" + index, "must be an array of " + dimension + " numbers");
      return;
    }
    for (int j = 0; j < dimension; j++) {
      float value = (float) row.get(j).doubleValue(Double.NaN);
      if (!Float.isFinite(value)) {
        errors.add("/embeddings/" + index + "/" + j, "must be a number that float32 holds");
        return;
      }
      into.set(index, j, value);
    }
  }
}
