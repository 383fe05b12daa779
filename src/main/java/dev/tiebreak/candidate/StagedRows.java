package dev.tiebreak.candidate;

import dev.tiebreak.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The rows of uploads under way. */
@Repository
class StagedRows {

  private static final String COPY =
      """
      copy staged_response_intake (upload_id, row_number, project_id, response_id, prompt_id, prompt,
        response, metadata, embedding)
      from stdin (format binary)
      """;

  /** What a row of a project that is no longer there is refused with: it is in nobody's scope. */
  private static final String OUT_OF_SCOPE = "42501";

  private final JdbcTemplate template;
  private final JdbcClient jdbc;
  private final UploadLimits limits;

  StagedRows(JdbcTemplate template, JdbcClient jdbc, UploadLimits limits) {
    this.template = template;
    this.jdbc = jdbc;
    this.limits = limits;
  }

  /** Writes rows in a transaction of its own, which is as short as they are few. */
  void write(CopyRows rows) {
    byte[] bytes = rows.finish();
    template.execute((ConnectionCallback<Long>) connection -> copy(connection, bytes, rows.size()));
  }

  private static long copy(Connection connection, byte[] bytes, int length) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    try {
      copy.writeToCopy(bytes, 0, length);
      return copy.endCopy();
    } catch (SQLException refused) {
      if (OUT_OF_SCOPE.equals(refused.getSQLState())) {
        throw ProblemException.projectRemoved();
      }
      throw refused;
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /**
   * A row whose response came earlier in the same upload; both numbered from 1.
   *
   * @param first where it came first
   */
  record Repeated(long rowNumber, long first) {}

  /** The first rows that repeat a response. */
  @Transactional
  List<Repeated> repeated(long projectId, UUID uploadId, int limit) {
    limits.raise();
    return jdbc.sql(
            """
            select row_number, first
            from (select row_number, min(row_number) over (partition by response_id) as first
                  from staged_response
                  where project_id = :project and upload_id = :upload) numbered
            where row_number > first
            order by row_number
            limit :limit
            """)
        .param("project", projectId)
        .param("upload", uploadId)
        .param("limit", limit)
        .query((row, number) -> new Repeated(row.getLong("row_number"), row.getLong("first")))
        .list();
  }

  /** Removes an upload's rows. */
  @Transactional
  int remove(long projectId, UUID uploadId) {
    limits.raise();
    return jdbc.sql(
            "delete from staged_response where project_id = :project and upload_id = :upload")
        .param("project", projectId)
        .param("upload", uploadId)
        .update();
  }

  /** Removes the rows that were written longer ago than an upload may take. */
  @Transactional
  int removeOlderThan(Duration age) {
    limits.raise();
    return jdbc.sql(
            """
            delete from staged_response
            where staged_at < clock_timestamp() - make_interval(secs => :seconds)
            """)
        .param("seconds", age.toSeconds())
        .update();
  }
}
