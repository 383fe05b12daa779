package dev.tiebreak.round;

import dev.tiebreak.candidate.EmbeddingSet;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.preference.EmbeddingSpectrum;
import dev.tiebreak.preference.Prior;
import dev.tiebreak.project.ProjectRemoved;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps the spectrum of a project's embeddings until they change: it is dear, and the same. Only
 * where a fit asks for its decomposition, as only then it lets go of the embeddings.
 */
@Component
class Spectra {

  private static final int SHARE_OF_HEAP = 8;

  private final LinearAlgebra algebra;
  private final Recent<EmbeddingSpectrum> recent =
      new Recent<>(
          Recent.heap(SHARE_OF_HEAP),
          spectrum -> (long) Double.BYTES * spectrum.dimension() * spectrum.dimension());

  Spectra(LinearAlgebra algebra) {
    this.algebra = algebra;
  }

  /** The spectrum of these embeddings, computed at most once for each version of them. */
  EmbeddingSpectrum of(long projectId, EmbeddingSet set, Prior prior) {
    EmbeddingSpectrum known = prior.isSpectral() ? recent.get(projectId, set.version()) : null;
    if (known != null) {
      return known;
    }
    recent.drop(projectId); // before the next takes memory
    EmbeddingSpectrum spectrum = EmbeddingSpectrum.of(set.embeddings(), set.promptOf(), algebra);
    if (prior.isSpectral()) {
      recent.put(projectId, set.version(), spectrum);
    }
    return spectrum;
  }

  @EventListener
  void removed(ProjectRemoved project) {
    recent.drop(project.projectId());
  }
}
