package dev.tiebreak.round;

import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Fit;
import dev.tiebreak.project.ProjectRemoved;
import dev.tiebreak.project.ProjectSettingsReplaced;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps the newest fit of each project: the next one begins with its information and saves a
 * factorisation or two. Without it, as after a restart, a fit begins with the stored weights; it
 * ends at the same answer.
 */
@Component
class RecentFits {

  private static final int SHARE_OF_HEAP = 16;

  private final Recent<Fit> recent = new Recent<>(Recent.heap(SHARE_OF_HEAP), RecentFits::bytes);

  /** The newest fit to these embeddings under the project's settings; null where it is not kept. */
  @Nullable Fit find(long projectId, long version) {
    return recent.get(projectId, version);
  }

  void keep(long projectId, long version, Fit fit) {
    recent.put(projectId, version, fit.withoutEffects());
  }

  @EventListener
  void replaced(ProjectSettingsReplaced project) {
    recent.drop(project.projectId());
  }

  @EventListener
  void removed(ProjectRemoved project) {
    recent.drop(project.projectId());
  }

  /** Of H, its factor and the map. */
  private static long bytes(Fit fit) {
    Matrix map = fit.map().matrix();
    long numbers = 2L * fit.components() * fit.components() + 2L * fit.weights().length;
    return Double.BYTES * (numbers + (map == null ? 0 : map.values().length));
  }
}
