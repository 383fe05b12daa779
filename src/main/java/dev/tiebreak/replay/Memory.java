package dev.tiebreak.replay;

import dev.tiebreak.preference.FeatureMap;
import dev.tiebreak.preference.Prior;

/** How many cells may run at once without the memory running out. */
final class Memory {

  /** Matrices of n × m float64 that a cell holds at its worst: features, centred, whitened, … */
  private static final int MATRICES = 6;

  /** The share of the heap that replays may take. */
  private static final double SHARE = 0.5;

  private Memory() {}

  /** At least one: what does not fit then fails and says so. */
  static int threads(ReplayData data, ReplaySettings settings, int wanted) {
    int d = data.embeddings().columns();
    long components =
        settings.priors().contains(Prior.ISOTROPIC) ? d : Math.min(d, FeatureMap.MOST_COMPONENTS);
    double bytes = 8.0 * MATRICES * components * (data.promptOf().length + components);
    double room = SHARE * Runtime.getRuntime().maxMemory();
    return (int) Math.clamp((long) (room / bytes), 1L, wanted);
  }
}
