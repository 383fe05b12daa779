package dev.tiebreak.queue;

import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Does one thing at a time for one annotator of one project, until the transaction ends: two tabs
 * cannot exceed the annotator's limit, and a skip cannot cross with a lease of the same comparison.
 *
 * <p>What follows in such a transaction is the queue's daily work. Each of its statements is
 * planned once for each connection and not at every call, which would cost more than to execute it.
 * So that a plan made while tables were small does for large ones, it may go by indexes only, in
 * their order: the planner can't know that nearly every open slot suits an annotator, and would
 * look at all of them and sort those that do to lease ten.
 */
@Component
class AnnotatorLocks {

  private static final String LOCK =
      """
      select pg_advisory_xact_lock(hashtextextended('annotator ' || k.annotator, k.project_id)),
             set_config('plan_cache_mode', 'force_generic_plan', true),
             set_config('enable_seqscan', 'off', true),
             set_config('enable_hashjoin', 'off', true),
             set_config('enable_mergejoin', 'off', true),
             set_config('enable_bitmapscan', 'off', true),
             set_config('enable_sort', 'off', true)
      from (select distinct project_id, annotator
            from unnest(:projects::bigint[], :annotators::text[]) as i(project_id, annotator)
            order by project_id, annotator) k
      """;

  private final JdbcClient jdbc;

  AnnotatorLocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void lock(long projectId, String annotator) {
    lock(List.of(projectId), List.of(annotator));
  }

  /** Locks several in one order, so that no two requests wait for each other. */
  void lockAll(Collection<Lease> leases) {
    lock(
        leases.stream().map(Lease::projectId).toList(),
        leases.stream().map(Lease::annotator).toList());
  }

  private void lock(List<Long> projects, List<String> annotators) {
    jdbc.sql(LOCK)
        .param("projects", projects.toArray(Long[]::new))
        .param("annotators", annotators.toArray(String[]::new))
        .query(rows -> {});
  }
}
