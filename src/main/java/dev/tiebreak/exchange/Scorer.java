package dev.tiebreak.exchange;

import dev.tiebreak.candidate.EmbeddingSet;
import dev.tiebreak.candidate.ResidentEmbeddings;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.preference.Posterior;
import dev.tiebreak.project.Project;
import dev.tiebreak.round.Fits;
import org.springframework.stereotype.Service;

/** Rewards by the newest fit, centred on the mean embedding of the stored responses. */
@Service
class Scorer {

  private final Fits fits;
  private final ResidentEmbeddings resident;
  private final LinearAlgebra algebra;

  Scorer(Fits fits, ResidentEmbeddings resident, LinearAlgebra algebra) {
    this.fits = fits;
    this.resident = resident;
    this.algebra = algebra;
  }

  /** A problem where the project had no round yet. */
  Posterior posterior(Project project) {
    return fits.posterior(project.projectId())
        .orElseThrow(() -> ModelController.missing(project.slug()));
  }

  EmbeddingSet embeddings(Project project) {
    return resident.load(project.projectId());
  }

  /** Scores embeddings of the project's dimension, in logits. */
  Posterior.Scores score(Posterior posterior, EmbeddingSet set, FloatMatrix embeddings) {
    return posterior.rewards(embeddings, set.mean(), algebra);
  }
}
