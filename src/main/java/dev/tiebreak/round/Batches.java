package dev.tiebreak.round;

import dev.tiebreak.design.Arm;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.Project;
import dev.tiebreak.queue.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The stored batches. */
@Service
class Batches {

  private final JdbcClient jdbc;
  private final JsonMapper json;

  Batches(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Newest first. */
  @Transactional(readOnly = true)
  Page<BatchView> page(Project project, PageRequest request) {
    List<BatchView> rows =
        jdbc.sql(
                """
                select b.*, f.embeddings_version, f.snapshot::text as snapshot, f.build
                from batch b
                join fit f on f.project_id = b.project_id and f.number = b.fit
                where b.project_id = :project and b.number < :before
                order by b.number desc
                limit :limit
                """)
            .param("project", project.projectId())
            .param("before", request.after(Long.MAX_VALUE))
            .param("limit", request.size() + 1)
            .query(this::view)
            .list();
    return Page.of(rows, request.size(), BatchView::number);
  }

  @Transactional(readOnly = true)
  BatchDetail require(Project project, long number) {
    BatchView batch =
        jdbc.sql(
                """
                select b.*, f.embeddings_version, f.snapshot::text as snapshot, f.build
                from batch b
                join fit f on f.project_id = b.project_id and f.number = b.fit
                where b.project_id = :project and b.number = :number
                """)
            .param("project", project.projectId())
            .param("number", number)
            .query(this::view)
            .optional()
            .orElseThrow(() ->
                new ProblemException(
                    ProblemType.BATCH_NOT_FOUND, "The project has no batch " + number));
    return BatchDetail.of(batch, comparisons(project, number));
  }

  private BatchView view(ResultSet row, int number) throws SQLException {
    return new BatchView(
        row.getLong("number"),
        Strategy.valueOf(row.getString("strategy")),
        row.getInt("size"),
        row.getObject("selected_at", OffsetDateTime.class).toInstant(),
        row.getLong("candidates"),
        new BatchView.Provenance(
            row.getLong("fit"),
            row.getLong("embeddings_version"),
            row.getString("snapshot"),
            row.getLong("seed"),
            row.getString("build"),
            json.readTree(row.getString("settings"))),
        json.readTree(row.getString("diagnostics")));
  }

  private List<BatchDetail.Comparison> comparisons(Project project, long number) {
    return jdbc.sql(
            """
            select s.comparison_id, l.response_id as left_id, g.response_id as right_id,
                   l.prompt_id as left_prompt, g.prompt_id as right_prompt,
                   s.arm, s.gain, s.p, s.selection_probability, c.state
            from selection s
            join comparison_state c on c.project_id = s.project_id and c.comparison_id = s.comparison_id
            join response l on l.project_id = c.project_id and l.ordinal = c.least
            join response g on g.project_id = c.project_id and g.ordinal = c.greatest
            where s.project_id = :project and s.number = :number
            order by s.position
            """)
        .param("project", project.projectId())
        .param("number", number)
        .query((row, n) ->
            new BatchDetail.Comparison(
                row.getLong("comparison_id"),
                row.getString("left_id"),
                row.getString("right_id"),
                Kind.of(row.getString("left_prompt"), row.getString("right_prompt")),
                Arm.valueOf(row.getString("arm")),
                row.getDouble("gain"),
                row.getDouble("p"),
                row.getObject("selection_probability", Double.class),
                row.getString("state")))
        .list();
  }
}
