package dev.tiebreak.round;

import dev.tiebreak.candidate.EmbeddingSet;
import dev.tiebreak.candidate.ResidentEmbeddings;
import dev.tiebreak.candidate.Responses;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.PlaneBasis;
import dev.tiebreak.project.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Draws batches: responses by the two leading components of their embeddings, pairs as edges. */
@Service
class BatchMaps {

  private final Batches batches;
  private final Fits fits;
  private final Responses responses;
  private final ResidentEmbeddings resident;
  private final Planes planes;
  private final LinearAlgebra algebra;

  BatchMaps(
      Batches batches,
      Fits fits,
      Responses responses,
      ResidentEmbeddings resident,
      Planes planes,
      LinearAlgebra algebra) {
    this.batches = batches;
    this.fits = fits;
    this.responses = responses;
    this.resident = resident;
    this.planes = planes;
    this.algebra = algebra;
  }

  /** Rows of the embeddings that have a point, in the order of points, with their degrees. */
  private record Shown(SequencedMap<Integer, Integer> degrees, List<BatchMap.Edge> edges) {}

  /**
   * A batch over the plane.
   *
   * @param comparisons that are shown at most, the first of the batch
   * @param others responses that are shown beside those compared, at most, evenly spread
   */
  BatchMap draw(Project project, long number, int comparisons, int others) {
    BatchDetail batch = batches.require(project, number);
    List<BatchDetail.Comparison> pairs =
        batch.comparisons().subList(0, Math.min(comparisons, batch.comparisons().size()));
    Map<String, Long> ordinals =
        responses.ordinals(
            project.projectId(),
            pairs.stream()
                .flatMap(pair -> Stream.of(pair.left(), pair.right()))
                .distinct()
                .toList());
    // read after the batch, so that it has every response of it
    EmbeddingSet set = resident.load(project.projectId());
    long fit = batch.provenance().fit();
    if (set.responses() == 0) {
      return new BatchMap(number, fit, 0, batch.size(), "", "", List.of(), List.of());
    }
    Shown shown = shown(pairs, ordinals, set);
    int sample = Math.min(others, set.responses());
    for (int i = 0; i < sample; i++) {
      shown.degrees().putIfAbsent((int) ((long) i * set.responses() / sample), 0);
    }
    PlaneBasis plane = planes.of(project.projectId(), set);
    return new BatchMap(
        number,
        fit,
        set.responses(),
        batch.size(),
        plane.xWords(),
        plane.yWords(),
        points(set, plane, weights(project, fit), shown.degrees()),
        shown.edges());
  }

  private static Shown shown(
      List<BatchDetail.Comparison> pairs, Map<String, Long> ordinals, EmbeddingSet set) {
    SequencedMap<Integer, Integer> degrees = new LinkedHashMap<>();
    Map<String, Integer> points = new LinkedHashMap<>();
    List<BatchMap.Edge> edges = new ArrayList<>();
    for (BatchDetail.Comparison pair : pairs) {
      int left = points.computeIfAbsent(pair.left(), unseen -> points.size());
      int right = points.computeIfAbsent(pair.right(), unseen -> points.size());
      for (String id : List.of(pair.left(), pair.right())) {
        degrees.merge(set.rowOf(Objects.requireNonNull(ordinals.get(id))), 1, Integer::sum);
      }
      edges.add(
          new BatchMap.Edge(
              pair.comparison(), left, right, pair.arm(), pair.gain(), pair.p(), pair.state()));
    }
    return new Shown(degrees, edges);
  }

  private double @Nullable [] weights(Project project, long fit) {
    return fits.find(project.projectId(), fit).map(FitSummary::weights).orElse(null);
  }

  /** Centred on the mean response. */
  private List<BatchMap.Point> points(
      EmbeddingSet set,
      PlaneBasis plane,
      double @Nullable [] weights,
      SequencedMap<Integer, Integer> degrees) {
    boolean known = weights != null && weights.length == set.embeddings().columns();
    Matrix directions = directions(plane, known ? weights : null);
    double[] middle = algebra.multiplyTransposed(directions, set.mean());
    int[] rows = degrees.keySet().stream().mapToInt(Integer::intValue).toArray();
    Matrix places = algebra.multiply(Planes.rows(set, rows), directions);
    List<BatchMap.Point> points = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      points.add(
          new BatchMap.Point(
              set.responseIds()[rows[i]],
              set.promptIds()[set.promptOf()[rows[i]]],
              places.get(i, 0) - middle[0],
              places.get(i, 1) - middle[1],
              known ? places.get(i, 2) - middle[2] : null,
              degrees.getOrDefault(rows[i], 0)));
    }
    return points;
  }

  /** The plane's two, and the weights as a third. */
  private static Matrix directions(PlaneBasis plane, double @Nullable [] weights) {
    Matrix directions = Matrix.zeros(plane.directions().rows(), 3);
    for (int j = 0; j < directions.rows(); j++) {
      directions.values()[3 * j] = plane.directions().get(j, 0);
      directions.values()[3 * j + 1] = plane.directions().get(j, 1);
      directions.values()[3 * j + 2] = weights == null ? 0 : weights[j];
    }
    return directions;
  }
}
