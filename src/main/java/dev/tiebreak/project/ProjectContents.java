package dev.tiebreak.project;

import java.util.Map;

/** Told by whoever stores something for a project. */
public interface ProjectContents {

  /** How much is stored, by name, for the project's progress counts. */
  Map<String, Long> counts(Project project);
}
