package dev.tiebreak.candidate;

import dev.tiebreak.problem.ProblemException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads a project's embeddings in one snapshot, by a cursor. */
@Repository
class EmbeddingReader {

  private static final int FETCH_BYTES = 4 * 1024 * 1024;

  /** What is to be read. */
  private record Extent(long version, long responses, long prompts, int dimension) {

    long bytes() {
      return ResidentSet.bytes(responses, dimension, prompts);
    }
  }

  private final JdbcTemplate template;
  private final JdbcClient jdbc;
  private final TransactionTemplate snapshot;

  EmbeddingReader(
      @Qualifier("roundJdbcTemplate") JdbcTemplate template,
      @Qualifier("roundTransactionManager") PlatformTransactionManager transactions) {
    this.template = template;
    this.jdbc = JdbcClient.create(template);
    this.snapshot = new TransactionTemplate(transactions);
    snapshot.setReadOnly(true);
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
  }

  /** The current version. */
  long version(long projectId) {
    return extent(projectId).version();
  }

  /**
   * What was read.
   *
   * @param rows how many rows of the database it took
   */
  record Read(ResidentSet resident, long version, long rows) {}

  /**
   * Reads what is stored, or what of it has changed since an earlier version.
   *
   * @param earlier what was read then, which is filled up; null: nothing
   * @param reserve told how many bytes it takes, before any is read; may refuse
   */
  Read read(
      long projectId, @Nullable ResidentSet earlier, long earlierVersion, LongConsumer reserve) {
    return Objects.requireNonNull(
        snapshot.execute(status -> {
          Extent extent = extent(projectId);
          int responses = Math.toIntExact(extent.responses());
          reserve.accept(extent.bytes());
          if (earlier == null || earlier.dimension() != extent.dimension()) {
            return fill(projectId, extent, 0, new ResidentSet(responses, extent.dimension()));
          }
          if (responses > earlier.capacity()) {
            int roomy = responses + responses / 4;
            earlier.grow(mayTake(reserve, roomy, extent) ? roomy : responses);
          }
          return fill(projectId, extent, earlierVersion, earlier);
        }));
  }

  /** Room for later uploads is a luxury. */
  private static boolean mayTake(LongConsumer reserve, int rows, Extent extent) {
    try {
      reserve.accept(ResidentSet.bytes(rows, extent.dimension(), extent.prompts()));
      return true;
    } catch (ProblemException tooMuch) {
      return false;
    }
  }

  private Read fill(long projectId, Extent extent, long since, ResidentSet into) {
    long rows =
        template.execute(
            (ConnectionCallback<Long>)
                connection -> readRows(connection, projectId, extent.dimension(), since, into));
    if (into.rows() != extent.responses()) {
      throw new IllegalStateException(
          into.rows() + " responses, but " + extent.responses() + " counted");
    }
    return new Read(into, extent.version(), rows);
  }

  private Extent extent(long projectId) {
    return jdbc.sql(
            """
            select t.version, t.responses, t.prompts, p.dimension
            from response_tally t
            join project p on p.project_id = t.project_id
            where t.project_id = :project
            """)
        .param("project", projectId)
        .query(Extent.class)
        .optional()
        .orElseThrow(ProblemException::projectRemoved);
  }

  private static long readRows(
      Connection connection, long projectId, int dimension, long since, ResidentSet into)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select ordinal, response_id, prompt_id, embedding
            from response
            where project_id = ? %s
            order by ordinal
            """
                .formatted(since == 0 ? "" : "and version > ?"))) {
      // binary from the first run on: as text, an embedding would take twice its bytes
      statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
      statement.setFetchSize(Math.max(1, FETCH_BYTES / (dimension * Float.BYTES)));
      statement.setLong(1, projectId);
      if (since > 0) {
        statement.setLong(2, since);
      }
      long count = 0;
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          into.put(rows.getLong(1), rows.getString(2), rows.getString(3), rows.getBytes(4));
          count++;
        }
      }
      return count;
    }
  }
}
