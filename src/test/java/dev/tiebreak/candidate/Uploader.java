package dev.tiebreak.candidate;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A project of a test's own, which nothing but the test works on. */
final class Uploader {

  private static final String NDJSON = "application/x-ndjson";

  private final Http http;
  private final JdbcClient jdbc;
  private final String path;
  private final long projectId;

  private Uploader(Http http, JdbcClient jdbc, String path, long projectId) {
    this.http = http;
    this.jdbc = jdbc;
    this.path = path;
    this.projectId = projectId;
  }

  static Uploader create(Http http, JdbcClient jdbc, int dimension) {
    String slug = "upload-" + UUID.randomUUID();
    http.put("/projects/" + slug, settings(dimension)).expect(201);
    long projectId =
        jdbc.sql("select project_id from project where slug = :slug")
            .param("slug", slug)
            .query(Long.class)
            .single();
    return new Uploader(http, jdbc, "/projects/" + slug, projectId);
  }

  /** No round begins by itself. */
  static Map<String, Object> settings(int dimension) {
    return Map.of("dimension", dimension, "lowWater", 0, "refitAfter", 1_000_000);
  }

  String path() {
    return path;
  }

  String slug() {
    return path.substring("/projects/".length());
  }

  long projectId() {
    return projectId;
  }

  static String row(String responseId, String promptId, String embedding) {
    return "{\"responseId\":\"%s\",\"promptId\":\"%s\",\"embedding\":%s}\n"
        .formatted(responseId, promptId, embedding);
  }

  Answer lines(String body) {
    return http.post(path + "/embeddings", NDJSON, body);
  }

  Answer array(String rows) {
    return http.postJson(path + "/embeddings", "{\"responses\":[" + rows + "]}");
  }

  /** Counts of an upload's answer: received, created, updated, unchanged, responses. */
  static long[] counts(Answer answer) {
    return answer.expect(200).json().valueStream().mapToLong(count -> count.asLong()).toArray();
  }

  Tally tally() {
    return jdbc.sql(
            "select responses, prompts, in_prompt_pairs, version from response_tally"
                + " where project_id = :project")
        .param("project", projectId)
        .query(Tally.class)
        .single();
  }

  /** The same, counted from the responses. */
  Tally recount() {
    return jdbc.sql(
            """
            select coalesce(sum(n), 0)::bigint as responses, count(*) as prompts,
              coalesce(sum(n * (n - 1) / 2), 0)::bigint as in_prompt_pairs, :version as version
            from (select count(*) as n from response where project_id = :project group by prompt_id) p
            """)
        .param("project", projectId)
        .param("version", tally().version())
        .query(Tally.class)
        .single();
  }

  long staged() {
    return jdbc.sql("select count(*) from staged_response where project_id = :project")
        .param("project", projectId)
        .query(Long.class)
        .single();
  }
}
