package dev.tiebreak.queue;

import java.util.Collection;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Does one thing at a time for one annotator of one project, until the transaction ends: two tabs
 * cannot exceed the annotator's limit, and a skip cannot cross with a lease of the same comparison.
 */
@Component
class AnnotatorLocks {

  private final JdbcClient jdbc;

  AnnotatorLocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void lock(long projectId, String annotator) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('annotator ' || :annotator, :project))")
        .param("annotator", annotator)
        .param("project", projectId)
        .query(rows -> {});
  }

  /** Locks several in one order, so that no two requests wait for each other. */
  void lockAll(Collection<Lease> leases) {
    record Key(long projectId, String annotator) implements Comparable<Key> {
      @Override
      public int compareTo(Key other) {
        int byProject = Long.compare(projectId, other.projectId);
        return byProject != 0 ? byProject : annotator.compareTo(other.annotator);
      }
    }
    TreeSet<Key> keys = new TreeSet<>();
    leases.forEach(lease -> keys.add(new Key(lease.projectId(), lease.annotator())));
    keys.forEach(key -> lock(key.projectId(), key.annotator()));
  }
}
