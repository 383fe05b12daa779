package dev.tiebreak.queue;

import dev.tiebreak.project.Project;
import dev.tiebreak.project.ProjectContents;
import dev.tiebreak.project.ProjectSettingsReplaced;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the queue holds of a project. */
@Component
@Order(2)
class QueueContents implements ProjectContents {

  private final JdbcClient jdbc;
  private final ExcessSlots excessSlots;

  QueueContents(JdbcClient jdbc, ExcessSlots excessSlots) {
    this.jdbc = jdbc;
    this.excessSlots = excessSlots;
  }

  @Override
  public Map<String, Long> counts(Project project) {
    return jdbc.sql(
            """
            select c.open, c.leased, c.answered, c.retired, v.verdicts, v.counted
            from (select count(*) filter (where state = 'OPEN') as open,
                         count(*) filter (where state = 'LEASED') as leased,
                         count(*) filter (where state = 'ANSWERED') as answered,
                         count(*) filter (where state = 'RETIRED') as retired
                  from comparison_state
                  where project_id = :project) c,
                 (select (select count(*) from verdict where project_id = :project) as verdicts,
                         (select count(*) from counted_verdict where project_id = :project) as counted) v
            """)
        .param("project", project.projectId())
        .query((row, number) -> {
          Map<String, Long> counts = new LinkedHashMap<>();
          counts.put("comparisonsOpen", row.getLong("open"));
          counts.put("comparisonsLeased", row.getLong("leased"));
          counts.put("comparisonsAnswered", row.getLong("answered"));
          counts.put("comparisonsRetired", row.getLong("retired"));
          counts.put("verdicts", row.getLong("verdicts"));
          counts.put("verdictsCounted", row.getLong("counted"));
          return counts;
        })
        .single();
  }

  /**
   * A smaller overlap withdraws at once what is open beyond it. A greater one needs nothing: what
   * is answered less often than wanted becomes a candidate again.
   */
  @EventListener
  void apply(ProjectSettingsReplaced replaced) {
    if (replaced.after().overlap() < replaced.before().overlap()) {
      excessSlots.retire(replaced.projectId(), replaced.after().overlap());
    }
  }
}
