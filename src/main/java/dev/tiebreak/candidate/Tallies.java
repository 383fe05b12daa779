package dev.tiebreak.candidate;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.ProjectContents;
import dev.tiebreak.project.ProjectCreated;
import dev.tiebreak.project.ProjectSettingsReplaced;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The counts of what each project holds. */
@Component
@Order(1)
class Tallies implements ProjectContents {

  private final JdbcClient jdbc;

  Tallies(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Tally> find(long projectId) {
    return jdbc.sql(
            """
            select responses, prompts, in_prompt_pairs, version
            from response_tally
            where project_id = :project
            """)
        .param("project", projectId)
        .query(Tally.class)
        .optional();
  }

  @Override
  public Map<String, Long> counts(Project project) {
    Map<String, Long> counts = new LinkedHashMap<>();
    // none: the project has been removed meanwhile
    Optional<Tally> tally = find(project.projectId());
    counts.put("responses", tally.map(Tally::responses).orElse(0L));
    counts.put("prompts", tally.map(Tally::prompts).orElse(0L));
    return counts;
  }

  @EventListener
  void begin(ProjectCreated created) {
    jdbc.sql("insert into response_tally (project_id) values (:project)")
        .param("project", created.projectId())
        .update();
  }

  /** An upload keeps the settings from changing until it is committed, so none slips through. */
  @EventListener
  void refuseAnotherDimension(ProjectSettingsReplaced replaced) {
    int before = replaced.before().dimension();
    boolean another = replaced.after().dimension() != before;
    if (another && find(replaced.projectId()).map(Tally::responses).orElse(0L) > 0) {
      throw new ProblemException(
          ProblemType.DIMENSION_CONFLICT,
          "The project holds embeddings of dimension " + before + "; it stays until they are gone");
    }
  }
}
