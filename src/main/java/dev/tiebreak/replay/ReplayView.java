package dev.tiebreak.replay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A replay as its owner sees it.
 *
 * @param settings with their defaults filled in
 * @param detail why it failed; null unless it has
 */
record ReplayView(
    long number,
    ReplayState state,
    @Nullable String detail,
    Progress progress,
    JsonNode settings,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /**
   * How far it has come.
   *
   * @param cells of the grid: strategies × priors × batch sizes × candidate limits × dimensions ×
   *     seeds
   * @param done cells
   * @param share done / cells
   * @param secondsLeft by the mean duration of the cells done; null before the first, and where it
   *     is not running
   */
  record Progress(int cells, int done, double share, @Nullable Double secondsLeft) {

    /**
     * Of a replay.
     *
     * @param wallMillis of all cells done
     * @param threads cells that are run at once; 0: not known
     */
    static Progress of(int cells, int done, long wallMillis, int threads, boolean running) {
      boolean known = running && done > 0 && threads > 0;
      double left = known ? wallMillis / 1000.0 / done * (cells - done) / threads : 0;
      return new Progress(cells, done, (double) done / cells, known ? (Double) left : null);
    }
  }
}
