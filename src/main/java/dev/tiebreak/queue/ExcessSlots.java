package dev.tiebreak.queue;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Withdraws what an overlap no longer asks for. Each method is a part of a transaction. */
@Component
class ExcessSlots {

  private final JdbcClient jdbc;

  ExcessSlots(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Withdraws open slots in excess of the overlap. A round that publishes meanwhile does so before,
   * or by the new overlap.
   */
  void retire(long projectId, int overlap) {
    jdbc.sql(Comparisons.LOCK).param("project", projectId).query(rows -> {});
    Long[] open =
        jdbc.sql(
                "select distinct comparison_id from slot where project_id = :project and state = 'OPEN'")
            .param("project", projectId)
            .query(Long.class)
            .list()
            .toArray(Long[]::new);
    retire(projectId, overlap, open);
  }

  /** Withdraws those open slots of these comparisons that are in excess of the overlap. */
  void retire(long projectId, int overlap, Long[] comparisons) {
    jdbc.sql(
            """
            select from slot
            where project_id = :project and comparison_id = any(:comparisons) and state = 'OPEN'
            order by comparison_id, slot
            for update
            """)
        .param("project", projectId)
        .param("comparisons", comparisons)
        .query(rows -> {});
    jdbc.sql(
            """
            with ranked as (
              select s.comparison_id, s.slot,
                     row_number() over (partition by s.comparison_id order by s.slot)
                       + c.leased + c.answers as place
              from slot s
              join comparison_state c on c.project_id = s.project_id and c.comparison_id = s.comparison_id
              where s.project_id = :project and s.state = 'OPEN' and s.comparison_id = any(:comparisons))
            update slot s
            set state = 'RETIRED'
            from ranked r
            where s.project_id = :project and s.comparison_id = r.comparison_id and s.slot = r.slot
              and s.state = 'OPEN' and r.place > :overlap
            """)
        .param("project", projectId)
        .param("comparisons", comparisons)
        .param("overlap", overlap)
        .update();
  }
}
