package dev.tiebreak.replay;

import dev.tiebreak.candidate.Metadata;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.ProjectContents;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What a project has that can be replayed. */
@Component
class ReplayMaterial {

  private final Metadata metadata;
  private final List<ProjectContents> contents;

  ReplayMaterial(Metadata metadata, List<ProjectContents> contents) {
    this.metadata = metadata;
    this.contents = contents;
  }

  /** The settings that a body means, where the project has what they need. */
  ReplaySettings settings(Project project, JsonNode body) {
    boolean empty = count(project, "responses") == 0;
    ReplaySettings settings =
        ReplaySettingsBody.read(
            body,
            project.settings(),
            field -> empty || metadata.hasNumber(project.projectId(), field));
    if (empty) {
      throw nothing("The project has no responses");
    }
    if (settings.source() == Source.VERDICTS && count(project, "verdictsCounted") == 0) {
      throw nothing(
          "The project has no counted verdicts"
              + " and, unless goldField names another, no gold rewards as goldReward in metadata");
    }
    return settings;
  }

  private long count(Project project, String name) {
    return contents.stream()
        .map(of -> of.counts(project).get(name))
        .filter(Objects::nonNull)
        .mapToLong(Long::longValue)
        .sum();
  }

  private static ProblemException nothing(String detail) {
    return new ProblemException(ProblemType.NOTHING_TO_REPLAY, detail);
  }
}
