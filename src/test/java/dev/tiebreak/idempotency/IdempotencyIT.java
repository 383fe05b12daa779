package dev.tiebreak.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.OwnerSql;
import dev.tiebreak.RemoteProject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@IntegrationTest
class IdempotencyIT {

  private static final String HEADER = "Idempotency-Key";
  private static final String ROW =
      "{\"promptId\":\"p\",\"responseId\":\"%s\",\"embedding\":[1,2]}%n";

  private final Http http;
  private final KeptAnswers answers;
  private final JdbcClient owner;
  private final String key = UUID.randomUUID().toString();

  IdempotencyIT(Http http, KeptAnswers answers, Environment environment) {
    this.http = http;
    this.answers = answers;
    this.owner = OwnerSql.of(environment);
  }

  private RemoteProject project(String name) {
    return RemoteProject.create(http, name, Map.of("dimension", 2, "batchSize", 5));
  }

  private RemoteProject withResponses(String name) {
    RemoteProject project = project(name);
    project.uploadRandom(5, 4, 7);
    return project;
  }

  private Answer upload(RemoteProject project, String body, String key) {
    return http.post(project.path("/embeddings"), "application/x-ndjson", body, HEADER, key);
  }

  private static void same(Answer repeat, Answer first) {
    assertThat(repeat.status()).isEqualTo(first.status());
    assertThat(repeat.text()).isEqualTo(first.text());
    assertThat(repeat.header("Location")).isEqualTo(first.header("Location"));
    assertThat(repeat.header("Content-Type")).isEqualTo(first.header("Content-Type"));
  }

  private long kept(String key) {
    return owner
        .sql("select count(*) from kept_answer where request_key = ?")
        .param(key)
        .query(Long.class)
        .single();
  }

  @Test
  void aProjectIsCreatedAndRemovedOnceWhateverComesBetween() {
    String path = "/projects/kept-" + UUID.randomUUID().toString().substring(0, 8);
    Map<String, Object> settings = Map.of("dimension", 2);
    Answer created = http.put(path, settings, HEADER, key).expect(201);
    http.put(path, Map.of("dimension", 3)).expect(200);

    same(http.put(path, settings, HEADER, key), created);
    assertThat(http.get(path).json().path("dimension").asInt()).isEqualTo(3);

    String removal = path + "?confirm=" + path.substring("/projects/".length());
    http.delete(removal, HEADER, key + "-removal").expect(204);
    http.delete(removal, HEADER, key + "-removal").expect(204);
    same(http.put(path, settings, HEADER, key), created);
    http.get(path).expect(404);
    http.put(path, settings).expect(201);
    http.delete(removal, HEADER, key + "-removal").expect(204);
    http.get(path).expect(200);
  }

  @Test
  void anUploadIsStoredOnceAndAnsweredTheSame() {
    RemoteProject project = project("kept-upload");
    String body = ROW.formatted("a") + ROW.formatted("b");
    Answer first = upload(project, body, key).expect(200);
    assertThat(first.json().path("created").asInt()).isEqualTo(2);
    upload(project, ROW.formatted("c"), key + "-2").expect(200);

    same(upload(project, body, key), first);
  }

  @Test
  void anotherRequestUnderTheSameKeyIsRefused() {
    RemoteProject project = project("kept-other");
    String body = ROW.formatted("a");
    upload(project, body, key).expect(200);

    for (Answer other :
        List.of(
            upload(project, ROW.formatted("b"), key),
            upload(project, body + " ", key),
            upload(project, "", key),
            http.post(project.path("/embeddings"), "application/json", body, HEADER, key),
            http.post(project.path("/embeddings?x=1"), "application/x-ndjson", body, HEADER, key),
            http.postJson(project.path("/verdicts"), Map.of("verdicts", List.of()), HEADER, key))) {
      assertThat(other.expect(422, "invalid-input").pointers()).containsExactly(HEADER);
    }
    assertThat(project.json().path("counts").path("responses").asInt()).isOne();
  }

  @Test
  void aKeyBelongsToItsProject() {
    RemoteProject one = project("kept-one");
    RemoteProject other = project("kept-two");
    String body = ROW.formatted("a");

    for (RemoteProject project : List.of(one, other)) {
      assertThat(upload(project, body, key).expect(200).json().path("created").asInt()).isOne();
    }
  }

  @Test
  void verdictsAreAnsweredAsTheFirstTime() {
    RemoteProject project = withResponses("kept-verdicts");
    project.refit();
    List<Map<String, Object>> verdicts =
        project.next("annotator", 5).stream()
            .map(item ->
                Map.<String, Object>of(
                    "lease", item.path("lease").asString(), "preference", "LEFT"))
            .toList();
    Answer first = http.postJson("/verdicts", verdicts, HEADER, key).expect(200);
    assertThat(first.json().path("results")).hasSize(verdicts.size()).isNotEmpty();

    same(http.postJson("/verdicts", verdicts, HEADER, key), first);
    assertThat(first.text()).contains("COUNTED").doesNotContain("DUPLICATE");
    assertThat(project.log()).hasSize(verdicts.size());
    http.postJson("/verdicts", verdicts.subList(1, verdicts.size()), HEADER, key)
        .expect(422, "invalid-input");
  }

  @Test
  void leasesAreGivenBackAndProlongedOnce() {
    RemoteProject project = withResponses("kept-leases");
    project.refit();
    String lease = "/leases/" + project.next("annotator", 1).getFirst().path("lease").asString();
    Answer renewed =
        http.send("POST", lease + "/renewal", "application/json", "", HEADER, key).expect(200);
    same(http.send("POST", lease + "/renewal", "application/json", "", HEADER, key), renewed);
    http.delete(lease, HEADER, key + "-2").expect(204);
    http.delete(lease, HEADER, key + "-2").expect(204);
    same(http.send("POST", lease + "/renewal", "application/json", "", HEADER, key), renewed);
  }

  @Test
  void aRoundIsRequestedOnceAndItsEndAnsweredAgain() {
    RemoteProject project = withResponses("kept-refit");
    Answer waited =
        http.postJson(project.path("/refits?wait=60"), Map.of(), HEADER, key).expect(200);
    assertThat(waited.json().path("state").asString()).isEqualTo("DONE");
    Answer queued =
        http.postJson(project.path("/refits"), Map.of(), HEADER, key + "-2").expect(202);

    same(http.postJson(project.path("/refits?wait=60"), Map.of(), HEADER, key), waited);
    same(http.postJson(project.path("/refits"), Map.of(), HEADER, key + "-2"), queued);
    RemoteProject.until("the second round is done", () -> project.rounds() == 2);
    http.get(project.path("/refits/3")).expect(404);
  }

  @Test
  void whatWasRefusedIsLookedAtAnew() {
    RemoteProject project = project("kept-refused");
    Map<String, Object> judgements =
        Map.of("verdicts", List.of(RemoteProject.judgement("a", "b", "LEFT", "x")));
    http.postJson(project.path("/verdicts"), judgements, HEADER, key).expect(422, "invalid-input");
    assertThat(kept(key)).isZero();
    upload(project, ROW.formatted("a") + ROW.formatted("b"), key + "-upload").expect(200);

    Answer done = http.postJson(project.path("/verdicts"), judgements, HEADER, key).expect(200);
    assertThat(done.json().path("counted").asInt()).isOne();
    same(http.postJson(project.path("/verdicts"), judgements, HEADER, key), done);
  }

  @Test
  void ofTwinsAtTheSameTimeOneHasAnEffect() throws Exception {
    RemoteProject project = withResponses("kept-twins");
    project.judge(0, 1, "LEFT", "judge");
    project.judge(4, 5, "LEFT", "judge");
    int twins = 12;
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Answer>> asked = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < twins; i++) {
        asked.add(
            threads.submit(() -> {
              start.await();
              return http.postJson(
                  project.path("/replays"), Map.of("seeds", 1, "labels", 5), HEADER, key);
            }));
      }
      start.countDown();
    }
    int done = 0;
    for (Future<Answer> future : asked) {
      Answer answer = future.get();
      if (answer.status() == 409) {
        answer.expect(409, "request-in-flight");
        assertThat(answer.header("Retry-After")).isNotNull();
      } else {
        assertThat(answer.expect(202).header("Location")).isEqualTo(project.path("/replays/1"));
        done++;
      }
    }

    assertThat(done).isPositive();
    http.get(project.path("/replays/2")).expect(404);
  }

  @Test
  void whileAnUploadIsUnderWayItsRepeatIsRefused() throws Exception {
    RemoteProject project = project("kept-slow");
    CountDownLatch half = new CountDownLatch(1);
    CountDownLatch rest = new CountDownLatch(1);
    // enough for the client to send some of it before it has all
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      rows.append(ROW.formatted("r" + i));
    }
    byte[] sent = rows.toString().getBytes(StandardCharsets.UTF_8);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> slow =
          threads.submit(() ->
              http.post(
                  project.path("/embeddings"),
                  "application/x-ndjson",
                  () ->
                      new SequenceInputStream(new ByteArrayInputStream(sent), new Gate(half, rest)),
                  HEADER,
                  key));
      try {
        half.await();
        RemoteProject.until("the repeat is refused", () -> isInFlight(project));
      } finally {
        rest.countDown();
      }
      assertThat(slow.get().expect(200).json().path("created").asInt()).isEqualTo(20_000);
    }
  }

  /** Of a type that is refused, so that it has no effect where it comes before the first. */
  private boolean isInFlight(RemoteProject project) {
    Answer repeat = http.post(project.path("/embeddings"), "text/plain", new byte[0], HEADER, key);
    return repeat.status() == 409
        && repeat.problem().equals("request-in-flight")
        && repeat.header("Retry-After") != null;
  }

  /** Ends only when it is opened. */
  private static final class Gate extends InputStream {

    private final CountDownLatch reached;
    private final CountDownLatch opened;

    Gate(CountDownLatch reached, CountDownLatch opened) {
      this.reached = reached;
      this.opened = opened;
    }

    @Override
    public int read() {
      reached.countDown();
      try {
        opened.await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      return -1;
    }
  }

  /** The session ends while it commits, so that nothing of the request is left, nor its key. */
  @ParameterizedTest
  @ValueSource(strings = {"pg_terminate_backend(pg_backend_pid())", "1 / 0"})
  void whatFailsAtItsCommitLeavesNoKeyAndIsDoneByTheRepeat(String failure) {
    RemoteProject project = project("kept-lost");
    String body = ROW.formatted("a");
    owner
        .sql(
            """
            create function fail_at_commit() returns trigger language plpgsql security definer
            as $$ begin perform %s; return null; end $$
            """
                .formatted(failure))
        .update();
    owner
        .sql(
            """
            create constraint trigger fails_at_commit after insert on kept_answer
            deferrable initially deferred for each row when (new.request_key = '%s')
            execute function fail_at_commit()
            """
                .formatted(key))
        .update();
    try {
      Answer lost = upload(project, body, key);
      if (failure.startsWith("pg_terminate")) {
        lost.expect(503, "unavailable");
        assertThat(lost.header("Retry-After")).isNotNull();
      } else {
        lost.expect(409, "changed-meanwhile");
      }
      assertThat(kept(key)).isZero();
      assertThat(project.json().path("counts").path("responses").asInt()).isZero();
    } finally {
      owner.sql("drop function fail_at_commit() cascade").update();
    }

    Answer done = upload(project, body, key).expect(200);
    assertThat(done.json().path("created").asInt()).isOne();
    same(upload(project, body, key), done);
  }

  @Test
  void aRequestWithoutAKeyWhoseCommitIsLostMayBeSentAgain() {
    owner
        .sql(
            """
            create function end_session() returns trigger language plpgsql security definer
            as $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$
            """)
        .update();
    owner
        .sql(
            """
            create constraint trigger ends_session after insert on project
            deferrable initially deferred for each row when (new.slug = 'kept-lost-commit')
            execute function end_session()
            """)
        .update();
    try {
      Answer lost = http.put("/projects/kept-lost-commit", Map.of("dimension", 2));
      assertThat(lost.expect(503, "unavailable").header("Retry-After")).isNotNull();
    } finally {
      owner.sql("drop function end_session() cascade").update();
    }
    http.put("/projects/kept-lost-commit", Map.of("dimension", 2)).expect(201);
  }

  @Test
  void aKeyIsShortAndVisible() {
    RemoteProject project = project("kept-wrong");
    for (String wrong : List.of("", "k".repeat(201), "a\tb")) {
      Answer refused = upload(project, ROW.formatted("a"), wrong);
      assertThat(refused.expect(422, "invalid-input").pointers()).containsExactly(HEADER);
    }
    upload(project, ROW.formatted("a"), "k".repeat(200)).expect(200);
    http.get(project.path("/responses"), HEADER, "").expect(200);
  }

  @Test
  void answersOutsideOfProjectsAreForgottenWithTimeThoseInOneWithIt() {
    RemoteProject project = withResponses("kept-old");
    http.put(project.path(), Map.of("dimension", 2), HEADER, key).expect(200);
    upload(project, ROW.formatted("a"), key + "-in").expect(200);
    String age =
        "update kept_answer set kept_at = kept_at - interval '25 hours' where request_key like ?";
    owner.sql(age).param(key + "%").update();

    assertThat(answers.forget(Duration.ofHours(24))).isPositive();
    assertThat(kept(key)).isZero();
    assertThat(kept(key + "-in")).isOne();
    http.delete(project.path() + "?confirm=" + project.slug()).expect(204);
    assertThat(kept(key + "-in")).isZero();
  }

  @Test
  void aPrincipalSeesItsOwnKeysOnly() {
    RemoteProject project = project("kept-mine");
    JsonNode first = upload(project, ROW.formatted("a"), key).expect(200).json();
    long id =
        owner
            .sql("select project_id from kept_answer where request_key = ?")
            .param(key)
            .query(Long.class)
            .single();

    assertThat(first.path("created").asInt()).isOne();
    assertThat(answers.find(new RequestKey(id, "", key))).isPresent();
    assertThat(answers.find(new RequestKey(id, "somebody", key))).isEmpty();
    assertThat(answers.find(new RequestKey(RequestKey.NO_PROJECT, "", key))).isEmpty();
  }
}
