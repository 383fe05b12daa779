package dev.tiebreak.insight;

import dev.tiebreak.project.Project;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The figures of the projects that were asked for last, read again after a second: however many
 * watch a project, the database is asked once a second, by one of them while the others wait.
 */
@Component
class RecentFigures {

  private static final long FRESH_NANOS = 1_000_000_000;
  private static final int MOST_PROJECTS = 64;

  /** A project's figures and when they were read; guarded by itself. */
  private static final class Kept {
    private @Nullable Figures figures;
    private long readAt;
  }

  private final LogTally tally;
  private final ProgressReader reader;
  // guarded by itself; the least recently used first
  private final LinkedHashMap<Long, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

  RecentFigures(LogTally tally, ProgressReader reader) {
    this.tally = tally;
    this.reader = reader;
  }

  /** At most a second old. */
  Figures of(Project project) {
    Kept mine = kept(project.projectId());
    synchronized (mine) {
      Figures known = mine.figures;
      if (known != null && System.nanoTime() - mine.readAt < FRESH_NANOS) {
        return known;
      }
      if (tally.isBehind(project.projectId())) {
        tally.advance(project.projectId());
      }
      Figures fresh = reader.read(project);
      mine.figures = fresh;
      mine.readAt = System.nanoTime();
      return fresh;
    }
  }

  private Kept kept(long projectId) {
    synchronized (kept) {
      Kept mine = kept.computeIfAbsent(projectId, id -> new Kept());
      if (kept.size() > MOST_PROJECTS) {
        kept.pollFirstEntry();
      }
      return mine;
    }
  }
}
