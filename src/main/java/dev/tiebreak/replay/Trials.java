package dev.tiebreak.replay;

import dev.tiebreak.linalg.LinearAlgebra;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes each trial once for all cells that share it, and keeps the last few. */
final class Trials {

  private record Key(int repetition, @Nullable Integer dimension) {}

  private final ReplayData data;
  private final ReplaySettings settings;
  private final LinearAlgebra algebra;
  private final Map<Key, CompletableFuture<Trial>> kept;

  /**
   * The trials of a replay.
   *
   * @param most that are kept; others live as long as a cell uses them
   */
  Trials(ReplayData data, ReplaySettings settings, LinearAlgebra algebra, int most) {
    this.data = data;
    this.settings = settings;
    this.algebra = algebra;
    this.kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, CompletableFuture<Trial>> eldest) {
            return size() > most;
          }
        };
  }

  /** The trial of a cell. */
  Trial of(Cell cell) {
    Key key = new Key(cell.repetition(), cell.variant().dimension());
    CompletableFuture<Trial> mine = new CompletableFuture<>();
    CompletableFuture<Trial> trial;
    synchronized (kept) {
      trial = kept.computeIfAbsent(key, absent -> mine);
    }
    if (trial == mine) {
      try {
        mine.complete(Trial.of(data, settings, key.repetition(), key.dimension(), algebra));
      } catch (RuntimeException | Error failure) {
        mine.completeExceptionally(failure);
        throw failure;
      }
    }
    return trial.join();
  }
}
