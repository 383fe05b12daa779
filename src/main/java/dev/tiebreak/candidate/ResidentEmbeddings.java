package dev.tiebreak.candidate;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The embeddings of the projects that were worked on last, kept in memory outside the heap up to a
 * bound. After an upload only what it changed is read. A set that is in use stays in memory for its
 * user even when it is dropped here.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>type</th><th>tags</th><th>what</th></tr>
 * <tr><td>tiebreak.candidate.resident.bytes</td><td>gauge</td><td></td>
 *     <td>memory of the embeddings that are kept</td></tr>
 * <tr><td>tiebreak.candidate.resident.read.rows</td><td>counter</td><td></td>
 *     <td>responses read from the database</td></tr>
 * <tr><td>tiebreak.candidate.resident.projects</td><td>gauge</td><td></td>
 *     <td>projects whose embeddings are kept</td></tr>
 * </table>
 */
@Service
public class ResidentEmbeddings {

  private record Kept(ResidentSet resident, EmbeddingSet set) {}

  private final EmbeddingReader reader;
  private final long limit;
  private final Counter rowsRead;
  private final ReentrantLock loading = new ReentrantLock();
  // guarded by itself; the least recently used first
  private final Map<Long, Kept> sets = new LinkedHashMap<>(16, 0.75f, true);

  ResidentEmbeddings(
      EmbeddingReader reader, CandidateProperties properties, MeterRegistry registry) {
    this.reader = reader;
    this.limit = properties.residentBytes();
    this.rowsRead =
        Counter.builder("tiebreak.candidate.resident.read.rows")
            .description("Responses read from the database")
            .register(registry);
    Gauge.builder("tiebreak.candidate.resident.bytes", this::bytes)
        .description("Memory of the embeddings that are kept")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("tiebreak.candidate.resident.projects", this::projects)
        .description("Projects whose embeddings are kept")
        .register(registry);
  }

  /**
   * The embeddings of a project as they are now. They are read only where those in memory are
   * older; one project at a time, and once for all who ask meanwhile.
   *
   * @throws ProblemException where they do not fit into the memory set aside
   * @throws dev.tiebreak.problem.ProblemException where the project is gone
   */
  public EmbeddingSet load(long projectId) {
    EmbeddingSet current = current(projectId);
    if (current != null) {
      return current;
    }
    loading.lock();
    try {
      EmbeddingSet meanwhile = current(projectId);
      return meanwhile == null ? read(projectId) : meanwhile;
    } finally {
      loading.unlock();
    }
  }

  private @Nullable EmbeddingSet current(long projectId) {
    long version = reader.version(projectId);
    Kept kept = kept(projectId);
    return kept == null || kept.set().version() != version ? null : kept.set();
  }

  private @Nullable Kept kept(long projectId) {
    synchronized (sets) {
      return sets.get(projectId);
    }
  }

  /** Until it is complete the project counts as dropped: what fails half-way is of no use. */
  private EmbeddingSet read(long projectId) {
    Kept earlier = kept(projectId);
    drop(projectId);
    EmbeddingReader.Read read =
        reader.read(
            projectId,
            earlier == null ? null : earlier.resident(),
            earlier == null ? 0 : earlier.set().version(),
            this::makeRoom);
    rowsRead.increment(read.rows());
    EmbeddingSet set = read.resident().set(read.version());
    synchronized (sets) {
      sets.put(projectId, new Kept(read.resident(), set));
    }
    return set;
  }

  private void drop(long projectId) {
    synchronized (sets) {
      sets.remove(projectId);
    }
  }

  private void makeRoom(long needed) {
    if (needed > limit) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE,
          "The project's embeddings take "
              + needed
              + " bytes of memory, and tiebreak.candidate.resident-memory is "
              + limit
              + ": raise it, and the JVM's -XX:MaxDirectMemorySize with it");
    }
    synchronized (sets) {
      Iterator<Kept> oldest = sets.values().iterator();
      while (bytes() + needed > limit) {
        oldest.next();
        oldest.remove();
      }
    }
  }

  private long bytes() {
    synchronized (sets) {
      return sets.values().stream().mapToLong(kept -> kept.resident().bytes()).sum();
    }
  }

  private int projects() {
    synchronized (sets) {
      return sets.size();
    }
  }
}
