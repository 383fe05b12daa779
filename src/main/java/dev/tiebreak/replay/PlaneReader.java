package dev.tiebreak.replay;

import dev.tiebreak.candidate.Metadata;
import dev.tiebreak.candidate.Responses;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.PlaneBasis;
import dev.tiebreak.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.springframework.stereotype.Component;

/** Reads what the picture of picks shows, and no more of the embeddings than that. */
@Component
class PlaneReader {

  private static final int CHUNK = 400;

  private final Responses responses;
  private final Metadata metadata;
  private final LinearAlgebra algebra;

  PlaneReader(Responses responses, Metadata metadata, LinearAlgebra algebra) {
    this.responses = responses;
    this.metadata = metadata;
    this.algebra = algebra;
  }

  /** A picture of the first comparisons of the first seed. */
  PicksChart picks(long projectId, Results results, int labels) {
    long[] ordinals = responses.ordinals(projectId);
    ReplaySettings settings = results.settings();
    List<String> fields = settings.planeFields();
    String gold = settings.goldField();
    Plane plane =
        fields == null
            ? components(projectId, ordinals, PicksChart.shown(results, ordinals.length, labels))
            : new Plane(
                column(projectId, ordinals, fields.get(0)),
                column(projectId, ordinals, fields.get(1)),
                fields.get(0),
                fields.get(1));
    return new PicksChart(
        results, plane, gold == null ? new double[0] : column(projectId, ordinals, gold), labels);
  }

  private double[] column(long projectId, long[] ordinals, String field) {
    Map<Long, Double> numbers = metadata.numbers(projectId, field);
    return Arrays.stream(ordinals)
        .mapToDouble(ordinal -> numbers.getOrDefault(ordinal, Double.NaN))
        .toArray();
  }

  private Plane components(long projectId, long[] ordinals, SortedSet<Integer> rows) {
    List<Integer> sample = Arrays.stream(PlaneBasis.sample(ordinals.length)).boxed().toList();
    if (sample.isEmpty()) {
      return Plane.empty(0, "", "");
    }
    PlaneBasis basis = PlaneBasis.of(embeddings(projectId, ordinals, sample), algebra);
    Plane plane = Plane.empty(ordinals.length, basis.xWords(), basis.yWords());
    List<Integer> wanted = List.copyOf(rows);
    for (int start = 0; start < wanted.size(); start += CHUNK) {
      List<Integer> chunk = wanted.subList(start, Math.min(wanted.size(), start + CHUNK));
      Matrix places = basis.places(embeddings(projectId, ordinals, chunk), algebra);
      for (int i = 0; i < chunk.size(); i++) {
        plane.x()[chunk.get(i)] = places.get(i, 0);
        plane.y()[chunk.get(i)] = places.get(i, 1);
      }
    }
    return plane;
  }

  private FloatMatrix embeddings(long projectId, long[] ordinals, List<Integer> rows) {
    Map<Long, float[]> read =
        responses.embeddings(projectId, rows.stream().map(row -> ordinals[row]).toList());
    int d =
        read.values().stream()
            .mapToInt(embedding -> embedding.length)
            .findFirst()
            .orElseThrow(ProblemException::projectRemoved);
    FloatMatrix matrix = FloatMatrix.allocate(rows.size(), d);
    for (int i = 0; i < rows.size(); i++) {
      matrix.setRow(i, read.getOrDefault(ordinals[rows.get(i)], new float[d]), 0);
    }
    return matrix;
  }
}
