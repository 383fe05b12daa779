package dev.tiebreak.candidate;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.Project;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Takes the staged rows of an upload into the responses, all at once. */
@Repository
class Merge {

  /** What the rows of an upload mean for the counts, asked before they are merged. */
  private record Change(long created, long prompts, long inPromptPairs) {}

  private static final String CHANGE =
      """
      with incoming as (
        select s.prompt_id, r.prompt_id as former
        from staged_response s
        left join response r on r.project_id = s.project_id and r.response_id = s.response_id
        where s.project_id = :project and s.upload_id = :upload),
      move as (
        select prompt_id, sum(step) as step
        from (select prompt_id, 1 as step from incoming where former is distinct from prompt_id
              union all
              select former, -1 from incoming where former <> prompt_id) steps
        group by prompt_id),
      size as (
        select step,
               (select count(*) from response r
                where r.project_id = :project and r.prompt_id = move.prompt_id) as size
        from move)
      select (select count(*) from incoming where former is null) as created,
             coalesce(sum(sign(size + step) - sign(size)), 0)::bigint as prompts,
             coalesce(sum((size + step) * (size + step - 1) / 2 - size * (size - 1) / 2), 0)::bigint
               as in_prompt_pairs
      from size
      """;

  private static final String UPDATE =
      """
      update response r
      set prompt_id = s.prompt_id, prompt = s.prompt, response = s.response,
          metadata = s.metadata, embedding = s.embedding, updated_at = now(),
          version = case
            when (r.prompt_id, r.embedding) is distinct from (s.prompt_id, s.embedding) then :version
            else r.version
          end
      from staged_response s
      where s.project_id = :project and s.upload_id = :upload
        and r.project_id = s.project_id and r.response_id = s.response_id
        and (r.prompt_id, r.prompt, r.response, r.metadata, r.embedding)
          is distinct from (s.prompt_id, s.prompt, s.response, s.metadata, s.embedding)
      """;

  private static final String REMOVE_STORED =
      """
      delete from staged_response s
      using response r
      where s.project_id = :project and s.upload_id = :upload
        and r.project_id = s.project_id and r.response_id = s.response_id
      """;

  /** Looks nothing up among the responses, where it would meet what it has just inserted. */
  private static final String INSERT =
      """
      insert into response (project_id, ordinal, response_id, prompt_id, prompt, response, metadata,
        embedding, created_at, updated_at, version)
      select project_id,
             (select coalesce(max(ordinal), 0) from response where project_id = :project)
               + row_number() over (order by row_number),
             response_id, prompt_id, prompt, response, metadata, embedding, now(), now(), :version
      from staged_response
      where project_id = :project and upload_id = :upload
      order by row_number
      """;

  private final JdbcClient jdbc;
  private final StagedRows staged;
  private final UploadLimits limits;

  Merge(JdbcClient jdbc, StagedRows staged, UploadLimits limits) {
    this.jdbc = jdbc;
    this.staged = staged;
    this.limits = limits;
  }

  /**
   * Merges. Of two uploads to a project one waits for the other.
   *
   * @param project as it was when its dimension was read for the check of the rows
   * @param received rows that must be staged, none of which repeats a response
   */
  @Transactional
  UploadResult merge(Project project, UUID uploadId, long received) {
    long projectId = project.projectId();
    limits.raise();
    requireUnchanged(project);
    Tally tally = lockTally(projectId);
    Change change = with(CHANGE, projectId, uploadId).query(Change.class).single();
    long version = tally.version() + 1;
    long updated = with(UPDATE, projectId, uploadId).param("version", version).update();
    int known = with(REMOVE_STORED, projectId, uploadId).update();
    int created = with(INSERT, projectId, uploadId).param("version", version).update();
    staged.remove(projectId, uploadId);
    requireAll(known + created, received);
    if (change.created() + updated > 0) {
      count(projectId, change);
    }
    long unchanged = received - change.created() - updated;
    return new UploadResult(
        received, change.created(), updated, unchanged, tally.responses() + change.created());
  }

  /** Keeps the project from being changed or removed, the lock that others take first as well. */
  private void requireUnchanged(Project project) {
    int checked = project.settings().dimension();
    int dimension =
        jdbc.sql("select dimension from project where project_id = :project for share")
            .param("project", project.projectId())
            .query(Integer.class)
            .optional()
            .orElseThrow(() -> gone(project));
    if (dimension != checked) {
      throw new ProblemException(
          ProblemType.DIMENSION_CONFLICT,
          "The project's dimension became %d during the upload, whose embeddings have %d"
              .formatted(dimension, checked));
    }
  }

  private static ProblemException gone(Project project) {
    return new ProblemException(
        ProblemType.PROJECT_NOT_FOUND,
        "The project \"" + project.slug() + "\" was removed during the upload");
  }

  private Tally lockTally(long projectId) {
    return jdbc.sql(
            """
            select responses, prompts, in_prompt_pairs, version
            from response_tally
            where project_id = :project
            for update
            """)
        .param("project", projectId)
        .query(Tally.class)
        .single();
  }

  private JdbcClient.StatementSpec with(String sql, long projectId, UUID uploadId) {
    return jdbc.sql(sql).param("project", projectId).param("upload", uploadId);
  }

  /** Rows are missing only where an upload took longer than they are kept. */
  private static void requireAll(long found, long received) {
    if (found != received) {
      throw new ProblemException(
          ProblemType.CHANGED_MEANWHILE, "The upload took too long: send it again, in parts");
    }
  }

  private void count(long projectId, Change change) {
    jdbc.sql(
            """
            update response_tally
            set responses = responses + :created, prompts = prompts + :prompts,
                in_prompt_pairs = in_prompt_pairs + :pairs, version = version + 1
            where project_id = :project
            """)
        .param("created", change.created())
        .param("prompts", change.prompts())
        .param("pairs", change.inPromptPairs())
        .param("project", projectId)
        .update();
  }
}
