package dev.tiebreak.idempotency;

import dev.tiebreak.project.KeptProject;
import java.sql.Types;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The answers to writes that may come again, stored by the transactions that wrote. */
@Repository
class KeptAnswers {

  private static final String THIS =
      " where project_id = :project and principal = :principal and request_key = :key";

  private final JdbcClient jdbc;
  private final JsonMapper json;

  KeptAnswers(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  private JdbcClient.StatementSpec with(RequestKey key, String sql) {
    return jdbc.sql(sql)
        .param("project", key.projectId())
        .param("principal", key.principal())
        .param("key", key.key());
  }

  Optional<KeptAnswer> find(RequestKey key) {
    return with(
            key, "select digest, status, headers::text as headers, body from kept_answer" + THIS)
        .query((row, n) ->
            new KeptAnswer(
                row.getBytes("digest"),
                row.getInt("status"),
                json.readValue(
                    row.getString("headers"), new TypeReference<Map<String, String>>() {}),
                row.getBytes("body")))
        .optional();
  }

  /**
   * Whether nobody else is at a request with this key; if so, nobody is until the transaction ends.
   */
  boolean lock(RequestKey key) {
    return with(
            key,
            """
            select pg_try_advisory_xact_lock(
              hashtextextended('answer ' || :principal || ' ' || :key, :project))
            """)
        .query(Boolean.class)
        .single();
  }

  /** Keeps an answer, unless its project has been removed. */
  void keep(RequestKey key, KeptAnswer answer) {
    if (!key.isInProject() || KeptProject.await(jdbc, key.projectId())) {
      with(
              key,
              """
              insert into kept_answer (project_id, principal, request_key, digest, status, headers, body)
              values (:project, :principal, :key, :digest, :status, :headers::jsonb, :body)
              """)
          .param("digest", answer.digest())
          .param("status", answer.status())
          .param("headers", json.writeValueAsString(answer.headers()))
          .param("body", answer.body(), Types.BINARY)
          .update();
    }
  }

  /** Keeps the last word on a request instead of what was kept of it before. */
  void replace(RequestKey key, KeptAnswer answer) {
    with(
            key,
            "update kept_answer set status = :status, headers = :headers::jsonb, body = :body"
                + THIS)
        .param("status", answer.status())
        .param("headers", json.writeValueAsString(answer.headers()))
        .param("body", answer.body(), Types.BINARY)
        .update();
  }

  /** Forgets answers in no project that are older. */
  int forget(Duration age) {
    return jdbc.sql(
            """
            delete from kept_answer
            where project_id = :none and kept_at < clock_timestamp() - make_interval(secs => :seconds)
            """)
        .param("none", RequestKey.NO_PROJECT)
        .param("seconds", age.toSeconds())
        .update();
  }
}
