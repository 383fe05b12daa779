package dev.tiebreak.access;

import dev.tiebreak.project.ProjectCreated;
import dev.tiebreak.project.ProjectRemoved;
import dev.tiebreak.project.ProjectSettingsReplaced;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Has what is done to projects on record, each in the transaction that does it. */
@Component
class ProjectAudit {

  private final AuditTrail trail;

  ProjectAudit(AuditTrail trail) {
    this.trail = trail;
  }

  @EventListener
  void created(ProjectCreated event) {
    trail.add("PROJECT_CREATED", event.slug(), Map.of());
  }

  @EventListener
  void changed(ProjectSettingsReplaced event) {
    trail.add("PROJECT_CHANGED", event.slug(), Map.of());
  }

  @EventListener
  void removed(ProjectRemoved event) {
    trail.add("PROJECT_REMOVED", event.slug(), Map.of());
  }
}
