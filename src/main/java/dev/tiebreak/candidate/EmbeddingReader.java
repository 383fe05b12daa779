package dev.tiebreak.candidate;

import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.LongConsumer;
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

  /** Bytes of a row beside its embedding: ordinal, prompt, and the string of its id. */
  private static final long ROW_OVERHEAD = 128;

  private static final int FETCH_BYTES = 4 * 1024 * 1024;

  /** What is to be read. */
  private record Extent(long version, long responses, long prompts, int dimension) {

    long bytes() {
      return responses * ((long) dimension * Float.BYTES + ROW_OVERHEAD) + prompts * ROW_OVERHEAD;
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

  /** The memory that a set takes. */
  static long bytes(EmbeddingSet set) {
    return new Extent(set.version(), set.responses(), set.prompts(), set.embeddings().columns())
        .bytes();
  }

  /**
   * Reads what is stored.
   *
   * @param reserve told how many bytes it takes before any is read; may refuse
   */
  EmbeddingSet read(long projectId, LongConsumer reserve) {
    return Objects.requireNonNull(
        snapshot.execute(status -> {
          Extent extent = extent(projectId);
          reserve.accept(extent.bytes());
          return read(projectId, extent);
        }));
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
        .orElseThrow(() ->
            new ProblemException(ProblemType.PROJECT_NOT_FOUND, "The project has been removed"));
  }

  private EmbeddingSet read(long projectId, Extent extent) {
    EmbeddingSetBuilder builder =
        new EmbeddingSetBuilder(
            FloatMatrix.allocate(Math.toIntExact(extent.responses()), extent.dimension()));
    template.execute(
        (ConnectionCallback<Boolean>)
            connection -> {
              readRows(connection, projectId, extent.dimension(), builder);
              return true;
            });
    return builder.build(extent.version());
  }

  private static void readRows(
      Connection connection, long projectId, int dimension, EmbeddingSetBuilder builder)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select ordinal, response_id, prompt_id, embedding
            from response
            where project_id = ?
            order by ordinal
            """)) {
      // binary from the first run on: as text, an embedding would take twice its bytes
      statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
      statement.setFetchSize(Math.max(1, FETCH_BYTES / (dimension * Float.BYTES)));
      statement.setLong(1, projectId);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          builder.add(rows.getLong(1), rows.getString(2), rows.getString(3), rows.getBytes(4));
        }
      }
    }
  }
}
