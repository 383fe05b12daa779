package dev.tiebreak.round;

import dev.tiebreak.candidate.EmbeddingSet;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.preference.EmbeddingSpectrum;
import dev.tiebreak.preference.Prior;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Keeps the spectrum of a project's embeddings until they change: it is dear, and the same. Only
 * where a fit asks for its decomposition, as only then it lets go of the embeddings.
 */
@Component
class Spectra {

  private static final int KEPT = 4;

  private record Kept(long version, EmbeddingSpectrum spectrum) {}

  private final LinearAlgebra algebra;
  private final Map<Long, Kept> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Kept> eldest) {
          return size() > KEPT;
        }
      };

  Spectra(LinearAlgebra algebra) {
    this.algebra = algebra;
  }

  /** The spectrum of these embeddings, computed at most once for each version of them. */
  EmbeddingSpectrum of(long projectId, EmbeddingSet set, Prior prior) {
    if (prior == Prior.ISOTROPIC) {
      return EmbeddingSpectrum.of(set.embeddings(), set.promptOf(), algebra);
    }
    synchronized (kept) {
      Kept known = kept.get(projectId);
      if (known != null && known.version() == set.version()) {
        return known.spectrum();
      }
      kept.remove(projectId);
    }
    EmbeddingSpectrum spectrum = EmbeddingSpectrum.of(set.embeddings(), set.promptOf(), algebra);
    synchronized (kept) {
      kept.put(projectId, new Kept(set.version(), spectrum));
    }
    return spectrum;
  }
}
