package dev.tiebreak.round;

import dev.tiebreak.candidate.ResidentEmbeddings;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import dev.tiebreak.queue.Comparisons;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads what a round computes with: a short transaction for the queue, then the embeddings. */
@Component
class RoundReader {

  /** More batches than this have fresh verdicts only where leases last very long. */
  private static final int MOST_BATCHES = 5;

  private final Comparisons comparisons;
  private final ResidentEmbeddings resident;
  private final Projects projects;
  private final JdbcTemplate template;
  private final JdbcClient jdbc;
  private final TransactionTemplate oneMoment;

  RoundReader(
      Comparisons comparisons,
      ResidentEmbeddings resident,
      Projects projects,
      @Qualifier("roundJdbcTemplate") JdbcTemplate template,
      @Qualifier("roundTransactionManager") PlatformTransactionManager transactions) {
    this.comparisons = comparisons;
    this.resident = resident;
    this.projects = projects;
    this.template = template;
    this.jdbc = JdbcClient.create(template);
    oneMoment = new TransactionTemplate(transactions);
    oneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    oneMoment.setReadOnly(true);
  }

  /** The project as it is now; empty where it has been removed. */
  Optional<Project> project(long projectId) {
    return template.execute(
        (ConnectionCallback<Optional<Project>>) connection -> projects.find(projectId, connection));
  }

  private record Queue(List<Comparisons.Judged> judged, List<Comparisons.Known> known) {}

  /** The queue first: every response that it knows is then among the embeddings. */
  RoundInput read(HeldRound round, int overlap) {
    String snapshot = round.fitSnapshot();
    Queue queue =
        oneMoment.execute(status -> {
          joinByHash();
          return new Queue(
              comparisons.judged(round.projectId(), snapshot),
              comparisons.known(round.projectId(), snapshot));
        });
    return RoundInput.of(resident.load(round.projectId()), queue.judged(), queue.known(), overlap);
  }

  /**
   * All of a project is read. Where the planner believes that this is a row or two, as it may of a
   * project newer than its statistics, it would sum up all slots anew for each comparison.
   */
  private void joinByHash() {
    jdbc.sql("set local enable_nestloop = off").update();
  }

  /**
   * The batches on whose comparisons verdicts came since the earlier fit, newest first, each with
   * all its verdicts: indices into {@code judged}. A comparison belongs to the newest batch that
   * has it.
   */
  Map<Long, List<Integer>> verdictsOfFreshBatches(
      HeldRound round, List<Comparisons.Judged> judged) {
    Map<Long, Long> batchOf = batchOfComparison(round);
    Map<Long, List<Integer>> verdicts = new LinkedHashMap<>();
    freshBatches(round).forEach(batch -> verdicts.put(batch, new ArrayList<>()));
    for (int i = 0; i < judged.size(); i++) {
      List<Integer> batch = verdicts.get(batchOf.getOrDefault(judged.get(i).comparison(), 0L));
      if (batch != null) {
        batch.add(i);
      }
    }
    verdicts.values().removeIf(List::isEmpty);
    return verdicts;
  }

  private Map<Long, Long> batchOfComparison(HeldRound round) {
    Map<Long, Long> batchOf = new LinkedHashMap<>();
    jdbc.sql(
            """
            select comparison_id, max(number) as batch
            from selection
            where project_id = :project
            group by comparison_id
            """)
        .param("project", round.projectId())
        .query(row -> {
          batchOf.put(row.getLong("comparison_id"), row.getLong("batch"));
        });
    return batchOf;
  }

  private List<Long> freshBatches(HeldRound round) {
    return jdbc.sql(
            """
            select distinct s.batch
            from counted_verdict v
            cross join lateral (
              select max(number) as batch
              from selection
              where project_id = v.project_id and comparison_id = v.comparison_id) s
            where v.project_id = :project and s.batch is not null
              and (:earlier::pg_snapshot is null
                   or not pg_visible_in_snapshot(v.transaction_id, :earlier::pg_snapshot))
            order by s.batch desc
            limit :most
            """)
        .param("project", round.projectId())
        .param("earlier", round.earlierSnapshot())
        .param("most", MOST_BATCHES)
        .query((row, n) -> row.getLong(1))
        .list();
  }
}
