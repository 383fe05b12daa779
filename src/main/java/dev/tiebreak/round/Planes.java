package dev.tiebreak.round;

import dev.tiebreak.candidate.EmbeddingSet;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.preference.PlaneBasis;
import dev.tiebreak.project.ProjectRemoved;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps the plane in which a project's embeddings are looked at until they change. */
@Component
class Planes {

  private static final int SHARE_OF_HEAP = 64;

  private final LinearAlgebra algebra;
  private final Recent<PlaneBasis> recent =
      new Recent<>(
          Recent.heap(SHARE_OF_HEAP),
          basis -> (long) Double.BYTES * basis.directions().values().length);

  Planes(LinearAlgebra algebra) {
    this.algebra = algebra;
  }

  /** The plane of embeddings, of which there must be some. */
  PlaneBasis of(long projectId, EmbeddingSet set) {
    PlaneBasis known = recent.get(projectId, set.version());
    if (known != null) {
      return known;
    }
    FloatMatrix sample = rows(set, PlaneBasis.sample(set.responses()));
    PlaneBasis basis = PlaneBasis.of(sample, algebra);
    recent.put(projectId, set.version(), basis);
    return basis;
  }

  /** Some rows of the embeddings. */
  static FloatMatrix rows(EmbeddingSet set, int[] rows) {
    int d = set.embeddings().columns();
    FloatMatrix some = FloatMatrix.allocate(rows.length, d);
    float[] row = new float[d];
    for (int i = 0; i < rows.length; i++) {
      set.embeddings().copyRow(rows[i], row, 0);
      some.setRow(i, row, 0);
    }
    return some;
  }

  @EventListener
  void removed(ProjectRemoved project) {
    recent.drop(project.projectId());
  }
}
