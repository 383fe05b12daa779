package dev.tiebreak.exchange;

import dev.tiebreak.candidate.EmbeddingSet;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import dev.tiebreak.preference.Posterior;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RewardController {

  private final Projects projects;
  private final Scorer scorer;

  RewardController(Projects projects, Scorer scorer) {
    this.projects = projects;
    this.scorer = scorer;
  }

  record Reward(String responseId, String promptId, double reward, double standardDeviation) {}

  private record RewardAt(long ordinal, Reward reward) {}

  /** The stored responses in the order of their first upload. */
  @GetMapping(path = "/projects/{project}/rewards", produces = MediaType.APPLICATION_JSON_VALUE)
  Page<Reward> rewards(@PathVariable String project, PageRequest request) {
    Project target = projects.require(project);
    Posterior posterior = scorer.posterior(target);
    EmbeddingSet set = scorer.embeddings(target);
    int start = rowAfter(set.ordinals(), request.after(0));
    int end = Math.min(start + request.size() + 1, set.ordinals().length);
    FloatMatrix rows = set.embeddings().rows(start, end);
    Posterior.Scores scores = scorer.score(posterior, set, rows);
    List<RewardAt> items = new ArrayList<>();
    for (int row = start; row < end; row++) {
      items.add(new RewardAt(set.ordinals()[row], reward(set, row, scores, row - start)));
    }
    return Page.of(items, request.size(), RewardAt::ordinal).map(RewardAt::reward);
  }

  private static Reward reward(EmbeddingSet set, int row, Posterior.Scores scores, int index) {
    return new Reward(
        set.responseIds()[row],
        set.promptIds()[set.promptOf()[row]],
        scores.rewards()[index],
        scores.standardDeviations()[index]);
  }

  private static int rowAfter(long[] ordinals, long after) {
    int found = Arrays.binarySearch(ordinals, after);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
