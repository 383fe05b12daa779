package dev.tiebreak.project;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Map;

/** A project as answers show it: its settings and its counts. */
record ProjectView(
    String project,
    @JsonUnwrapped SettingsView settings,
    Map<String, Long> counts,
    Instant createdAt,
    Instant updatedAt) {

  static ProjectView of(Project project, Map<String, Long> counts) {
    return new ProjectView(
        project.slug(),
        SettingsView.of(project.settings()),
        counts,
        project.createdAt(),
        project.updatedAt());
  }
}
