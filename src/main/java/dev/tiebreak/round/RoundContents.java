package dev.tiebreak.round;

import dev.tiebreak.project.Project;
import dev.tiebreak.project.ProjectContents;
import dev.tiebreak.project.ProjectCreated;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What rounds hold of a project. */
@Component
@Order(3)
class RoundContents implements ProjectContents {

  private final JdbcClient jdbc;

  RoundContents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<String, Long> counts(Project project) {
    long rounds =
        jdbc.sql("select count(*) from round where project_id = :project and state = 'DONE'")
            .param("project", project.projectId())
            .query(Long.class)
            .single();
    return Map.of("rounds", rounds);
  }

  @EventListener
  void create(ProjectCreated created) {
    jdbc.sql("insert into round_status (project_id) values (:project)")
        .param("project", created.projectId())
        .update();
  }
}
