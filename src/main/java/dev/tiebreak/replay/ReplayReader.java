package dev.tiebreak.replay;

import dev.tiebreak.candidate.EmbeddingSet;
import dev.tiebreak.candidate.Metadata;
import dev.tiebreak.candidate.ResidentEmbeddings;
import dev.tiebreak.queue.Comparisons;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Reads what a replay computes with. */
@Component
class ReplayReader {

  private final ResidentEmbeddings resident;
  private final Metadata metadata;
  private final Comparisons comparisons;

  ReplayReader(ResidentEmbeddings resident, Metadata metadata, Comparisons comparisons) {
    this.resident = resident;
    this.metadata = metadata;
    this.comparisons = comparisons;
  }

  /** The verdicts of its snapshot, or the gold rewards, and the embeddings as they are now. */
  ReplayData read(HeldReplay replay) {
    String field = replay.settings().goldField();
    return field == null
        ? verdicts(replay.projectId(), replay.snapshot())
        : gold(replay.projectId(), field);
  }

  private ReplayData gold(long projectId, String field) {
    Map<Long, Double> gold = metadata.numbersInBackground(projectId, field);
    EmbeddingSet set = resident.load(projectId);
    double[] rewards =
        Arrays.stream(set.ordinals())
            .mapToDouble(ordinal -> gold.getOrDefault(ordinal, Double.NaN))
            .toArray();
    return data(set, rewards, Recorded.NONE);
  }

  /** The verdicts first: every response that they know is then among the embeddings. */
  private ReplayData verdicts(long projectId, String snapshot) {
    List<Comparisons.Judged> judged = comparisons.judged(projectId, snapshot);
    List<String> annotators =
        judged.stream().map(Comparisons.Judged::annotator).distinct().sorted().toList();
    EmbeddingSet set = resident.load(projectId);
    return data(
        set,
        new double[0],
        new Recorded(
            judged.stream().mapToInt(verdict -> set.rowOf(verdict.least())).toArray(),
            judged.stream().mapToInt(verdict -> set.rowOf(verdict.greatest())).toArray(),
            judged.stream().mapToDouble(Comparisons.Judged::y).toArray(),
            judged.stream()
                .mapToInt(verdict -> Collections.binarySearch(annotators, verdict.annotator()))
                .toArray()));
  }

  private static ReplayData data(EmbeddingSet set, double[] gold, Recorded recorded) {
    return new ReplayData(
        set.version(),
        set.embeddings(),
        set.promptOf(),
        set.responseIds(),
        set.promptIds(),
        gold,
        recorded);
  }
}
