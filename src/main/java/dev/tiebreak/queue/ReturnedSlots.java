package dev.tiebreak.queue;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Slots that their annotators leave. Each method is a statement of a transaction. */
@Component
class ReturnedSlots {

  private static final int MOST_FREED_AT_ONCE = 1000;

  /**
   * What becomes of a slot s that its annotator leaves: others may have it, unless the overlap was
   * lowered or judgements were imported meanwhile, so that the other slots suffice.
   *
   * <p>%s: slots of the same comparison that are left at the same time and before it
   */
  private static final String LEFT =
      """
       annotator = null, lease = null, expires_at = null,
       state = case
         when (select count(*) from slot o
               where o.project_id = s.project_id and o.comparison_id = s.comparison_id and o.state <> 'RETIRED')
              - %s
              + (select c.imported from comparison c
                 where c.project_id = s.project_id and c.comparison_id = s.comparison_id)
              > (select p.overlap from project p where p.project_id = s.project_id)
           then 'RETIRED'
         else 'OPEN'
       end
      """;

  private static final String LEFT_ALONE = LEFT.formatted("0");

  private final JdbcClient jdbc;

  ReturnedSlots(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Frees slots whose leases have run out; tells how many. The clock is asked once, by a subquery,
   * so that its time is a bound for the index: by {@code is_expired} every leased slot would be
   * looked at.
   */
  int freeExpired(long projectId) {
    return jdbc.sql(
            """
            with expired as materialized (
              select comparison_id, slot
              from slot
              where project_id = :project and state = 'LEASED'
                and expires_at <= (select clock_timestamp())
              limit :most
              for update skip locked),
            ranked as (
              select comparison_id, slot,
                     row_number() over (partition by comparison_id order by slot desc) - 1 as before
              from expired)
            update slot s
            set
            """
                + LEFT.formatted("e.before")
                + """
                from ranked e
                where s.project_id = :project and s.comparison_id = e.comparison_id and s.slot = e.slot
                """)
        .param("project", projectId)
        .param("most", MOST_FREED_AT_ONCE)
        .update();
  }

  /** Frees the slot under a live lease; false where the lease is not live. */
  boolean giveBack(Lease lease) {
    return jdbc.sql(
                "update slot s set "
                    + LEFT_ALONE
                    + """
                    where project_id = :project and comparison_id = :comparison and slot = :slot
                      and lease = :lease and is_live(state, expires_at)
                    """)
            .param("project", lease.projectId())
            .param("comparison", lease.comparisonId())
            .param("slot", lease.slot())
            .param("lease", lease.number())
            .update()
        == 1;
  }

  /** Frees the slot that the annotator holds, or has answered under this lease, if any. */
  void release(Lease lease) {
    jdbc.sql(
            "update slot s set "
                + LEFT_ALONE
                + """
                where project_id = :project and comparison_id = :comparison and annotator = :annotator
                  and (state = 'LEASED' or lease = :lease)
                """)
        .param("project", lease.projectId())
        .param("comparison", lease.comparisonId())
        .param("annotator", lease.annotator())
        .param("lease", lease.number())
        .update();
  }

  /** Frees what annotators hold of comparisons that an import has them judge, in import_row. */
  void releaseImported(long projectId) {
    jdbc.sql(
            "update slot s set "
                + LEFT_ALONE
                + """
                from import_row i
                where i.chosen and s.project_id = :project and s.comparison_id = i.comparison_id
                  and s.annotator = i.annotator and s.state = 'LEASED'
                """)
        .param("project", projectId)
        .update();
  }
}
