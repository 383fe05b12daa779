package dev.tiebreak;

import dev.tiebreak.linalg.FloatMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * A project of the running service, as its clients see it. Uploaded matrices have responses {@code
 * r0}, {@code r1}, … of prompts {@code p0}, {@code p1}, …
 */
public final class RemoteProject {

  private static final long PATIENCE_MILLIS = 60_000;

  private final Http http;
  private final String slug;
  private final Map<String, Object> settings;

  private RemoteProject(Http http, String slug, Map<String, Object> settings) {
    this.http = http;
    this.slug = slug;
    this.settings = new HashMap<>(settings);
  }

  /** Creates one that runs no round unless asked to, beside what the settings say. */
  public static RemoteProject create(Http http, String name, Map<String, ?> settings) {
    Map<String, Object> quiet = new HashMap<>();
    quiet.put("refitAfter", 1_000_000_000);
    quiet.put("lowWater", 0);
    quiet.put("randomShare", 0);
    quiet.putAll(settings);
    String slug = name + "-" + UUID.randomUUID().toString().substring(0, 8);
    RemoteProject project = new RemoteProject(http, slug, quiet);
    http.put(project.path(), quiet).expect(201);
    return project;
  }

  /** Changes some settings. */
  public void change(Map<String, ?> changes) {
    settings.putAll(changes);
    http.put(path(), settings).expect(200);
  }

  /** The name of the project. */
  public String slug() {
    return slug;
  }

  /** Its number, which clients are never told. */
  public long id(JdbcClient statements) {
    return statements
        .sql("select project_id from project where slug = ?")
        .param(slug)
        .query(Long.class)
        .single();
  }

  /** Its path. */
  public String path() {
    return "/projects/" + slug;
  }

  /** Its path, continued. */
  public String path(String rest) {
    return path() + rest;
  }

  /** Its settings and counts. */
  public JsonNode json() {
    return http.get(path()).expect(200).json();
  }

  /** How many rounds have been done. */
  public long rounds() {
    return json().path("counts").path("rounds").asLong();
  }

  /** Uploads responses whose embeddings are seeded Gaussian numbers; gives these. */
  public FloatMatrix uploadRandom(int prompts, int responsesEach, long seed) {
    int d = ((Number) settings.getOrDefault("dimension", 0)).intValue();
    Random random = new Random(seed);
    float[] values = new float[prompts * responsesEach * d];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    FloatMatrix embeddings = FloatMatrix.of(prompts * responsesEach, d, values);
    upload(
        embeddings,
        IntStream.range(0, prompts * responsesEach).map(i -> i / responsesEach).toArray());
    return embeddings;
  }

  /** Uploads a response for each row. */
  public void upload(FloatMatrix embeddings, int[] promptOf) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < embeddings.rows(); i++) {
      List<Float> embedding = new ArrayList<>();
      for (int j = 0; j < embeddings.columns(); j++) {
        embedding.add(embeddings.get(i, j));
      }
      rows.add(
          Map.of("promptId", "p" + promptOf[i], "responseId", "r" + i, "embedding", embedding));
    }
    upload(rows);
  }

  /** Uploads rows. */
  public void upload(List<Map<String, Object>> rows) {
    http.postJson(path("/embeddings"), Map.of("responses", rows)).expect(200);
  }

  /** A judgement made elsewhere. */
  public static Map<String, Object> judgement(
      String left, String right, String preference, String annotator) {
    return Map.of("left", left, "right", right, "preference", preference, "annotator", annotator);
  }

  /** Imports judgements. */
  public void judge(List<Map<String, Object>> judgements) {
    http.postJson(path("/verdicts"), Map.of("verdicts", judgements)).expect(200);
  }

  /** Imports one judgement of these two rows. */
  public void judge(int left, int right, String preference, String annotator) {
    judge(List.of(judgement("r" + left, "r" + right, preference, annotator)));
  }

  /** Asks for a round and waits until it is done; gives what the service says of it. */
  public JsonNode refit() {
    return refit(Map.of());
  }

  /** Asks for a round with options. */
  public JsonNode refit(Map<String, ?> options) {
    JsonNode refit = http.postJson(path("/refits?wait=60"), options).expect(200).json();
    if (!refit.path("state").asString().equals("DONE")) {
      throw new AssertionError(refit);
    }
    return refit;
  }

  /** Asks for a round, waits, and gives its batch. */
  public JsonNode select() {
    return batch(refit().path("number").asLong());
  }

  /** The same, with a certificate; gives this. */
  public JsonNode certify() {
    return batch(refit(Map.of("certificate", true)).path("number").asLong())
        .path("diagnostics")
        .path("certificate");
  }

  /** A batch with its comparisons. */
  public JsonNode batch(long number) {
    return http.get(path("/batches/" + number)).expect(200).json();
  }

  /** The newest batches, newest first. */
  public List<JsonNode> batches() {
    return http.get(path("/batches?limit=1000"))
        .expect(200)
        .json()
        .path("items")
        .valueStream()
        .toList();
  }

  /** The newest model. */
  public JsonNode model() {
    return http.get(path("/model")).expect(200).json();
  }

  /** The annotator's next comparisons. */
  public List<JsonNode> next(String annotator, int size) {
    return http.get("/next-batch?project=" + slug + "&annotator=" + annotator + "&size=" + size)
        .expect(200)
        .json()
        .path("items")
        .valueStream()
        .toList();
  }

  /** Sends a verdict under a lease; gives the outcome. */
  public String answer(JsonNode item, String preference) {
    return http.postJson(
            "/verdicts", Map.of("lease", item.path("lease").asString(), "preference", preference))
        .expect(200)
        .json()
        .path("results")
        .path(0)
        .path("outcome")
        .asString();
  }

  /** The whole log of verdicts. */
  public List<JsonNode> log() {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    while (true) {
      JsonNode page = http.get(path("/verdicts?limit=1000" + cursor)).expect(200).json();
      page.path("items").forEach(all::add);
      if (page.path("nextCursor").isNull()) {
        return all;
      }
      cursor = "&cursor=" + page.path("nextCursor").asString();
    }
  }

  /** The row behind a response id. */
  public static int row(JsonNode responseId) {
    return Integer.parseInt(responseId.asString().substring(1));
  }

  /** Waits until something is so. */
  public static void until(String what, BooleanSupplier so) {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (!so.getAsBoolean()) {
      if (System.currentTimeMillis() > end) {
        throw new AssertionError("not within a minute: " + what);
      }
      pause(50);
    }
  }

  /** Lets some time pass. */
  public static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
