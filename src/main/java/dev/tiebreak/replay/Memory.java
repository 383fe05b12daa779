package dev.tiebreak.replay;

import dev.tiebreak.preference.FeatureMap;
import dev.tiebreak.preference.Prior;
import java.util.Objects;

/** How many cells may run at once without the memory running out. */
final class Memory {

  /** Matrices of n × m float64 that a cell holds at its worst: features, centred, whitened, … */
  private static final int MATRICES = 6;

  /** The share of the heap that replays may take. */
  private static final double SHARE = 0.5;

  private Memory() {}

  /** Trials that live for each thread: its own, and one that is kept or just being made. */
  private static final int TRIALS = 2;

  /** At least one: what does not fit then fails and says so. */
  static int threads(ReplayData data, ReplaySettings settings, int wanted) {
    double room = SHARE * Runtime.getRuntime().maxMemory();
    double onHeap = cellBytes(data, settings) + TRIALS * trialBytes(data, settings);
    double outside = TRIALS * embeddingBytes(data, settings);
    // outside the heap the JVM allows as much again, unless it is told otherwise
    return (int) Math.clamp((long) Math.min(room / onHeap, room / outside), 1L, wanted);
  }

  /** How many trials are kept for so many threads. */
  static int trials(int threads) {
    return threads;
  }

  private static double cellBytes(ReplayData data, ReplaySettings settings) {
    int d = data.embeddings().columns();
    long components =
        settings.priors().contains(Prior.ISOTROPIC) ? d : Math.min(d, FeatureMap.MOST_COMPONENTS);
    return 8.0 * MATRICES * components * (data.promptOf().length + components);
  }

  /** The spectrum's vectors, and embeddings in float64 while they are projected. */
  private static double trialBytes(ReplayData data, ReplaySettings settings) {
    int n = data.promptOf().length;
    int d = data.embeddings().columns();
    return 8.0 * Math.min(n, d) * d + 8.0 * n * widest(settings);
  }

  /** Copies of both sides' embeddings, and of their projections. */
  private static double embeddingBytes(ReplayData data, ReplaySettings settings) {
    return 4.0 * data.promptOf().length * (data.embeddings().columns() + widest(settings));
  }

  /** The greatest dimension that embeddings are projected on; 0 where they stay as they are. */
  private static int widest(ReplaySettings settings) {
    return settings.dimensions().stream()
        .filter(Objects::nonNull)
        .mapToInt(dimension -> dimension)
        .max()
        .orElse(0);
  }
}
