package dev.tiebreak.round;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was computed last of each project's embeddings, for as long as these do not change. The
 * least recently used is dropped where all take more than a bound; the newest is kept in any case.
 * Safe to share among threads.
 */
final class Recent<T extends Object> {

  private record Kept<T>(long version, T value, long bytes) {}

  private final long mostBytes;
  private final ToLongFunction<T> bytes;
  // guarded by itself; the least recently used first
  private final Map<Long, Kept<T>> kept = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Keeps nothing yet.
   *
   * @param mostBytes that all values together may take
   * @param bytes that a value takes
   */
  Recent(long mostBytes, ToLongFunction<T> bytes) {
    this.mostBytes = mostBytes;
    this.bytes = bytes;
  }

  /** A share of the heap. */
  static long heap(int divisor) {
    return Runtime.getRuntime().maxMemory() / divisor;
  }

  /** The project's value; null where there is none of this version of its embeddings. */
  @Nullable T get(long projectId, long version) {
    synchronized (kept) {
      Kept<T> known = kept.get(projectId);
      return known == null || known.version != version ? null : known.value;
    }
  }

  /** Replaces the project's value. */
  void put(long projectId, long version, T value) {
    synchronized (kept) {
      kept.put(projectId, new Kept<>(version, value, bytes.applyAsLong(value)));
      Iterator<Kept<T>> eldest = kept.values().iterator();
      while (kept.size() > 1 && taken() > mostBytes) {
        eldest.next();
        eldest.remove();
      }
    }
  }

  /** Drops the project's value. */
  void drop(long projectId) {
    synchronized (kept) {
      kept.remove(projectId);
    }
  }

  private long taken() {
    return kept.values().stream().mapToLong(Kept::bytes).sum();
  }
}
