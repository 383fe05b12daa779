package dev.tiebreak.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sixteen annotators on ten thousand comparisons at once, over HTTP: they answer singly and in
 * arrays, skip, give back, send again, and answer after their leases have run out; in some runs
 * rounds retire and select comparisons meanwhile. Then the log and the slots are held against what
 * was acknowledged.
 */
@IntegrationTest
class QueueRaceIT {

  private static final int ANNOTATORS = 16;
  private static final int RESPONSES = 150;
  private static final int ALL_PAIRS = RESPONSES * (RESPONSES - 1) / 2;
  private static final int SELECTED = 10_000;
  private static final long PATIENCE_SECONDS = 240;

  private final Http http;
  private final JdbcClient jdbc;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final JsonMapper json = new JsonMapper();

  QueueRaceIT(Http http, JdbcClient jdbc) {
    this.http = http;
    this.jdbc = jdbc;
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "3, false"})
  void asksForEachVerdictOnceAndLosesNone(int overlap, boolean roundsMeanwhile) throws Exception {
    String slug = "race-" + overlap;
    TestProject project =
        TestProject.withResponses(
            http,
            slug,
            RESPONSES,
            Map.of("overlap", overlap, "batchSize", SELECTED, "leaseSeconds", 4));
    long projectId =
        jdbc.sql("select project_id from project where slug = ?")
            .param(slug)
            .query(Long.class)
            .single();
    int comparisons = roundsMeanwhile ? ALL_PAIRS : SELECTED;
    Race race = new Race(slug, new ConcurrentHashMap<>(), new AtomicBoolean(), new AtomicInteger());
    try (ExecutorService threads = Executors.newFixedThreadPool(ANNOTATORS + 1)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < ANNOTATORS; i++) {
        Annotator annotator = new Annotator(race, "ann-" + i, new Random(overlap * 1000L + i));
        running.add(threads.submit(annotator::work));
      }
      if (roundsMeanwhile) {
        running.add(threads.submit(() -> rounds(race)));
      }
      try {
        awaitAnswers(projectId, (long) comparisons * overlap, running);
      } finally {
        race.over.set(true);
      }
      for (Future<?> thread : running) {
        thread.get(60, TimeUnit.SECONDS);
      }
    }
    assertThat(race.rounds.get() > 0).isEqualTo(roundsMeanwhile);
    nothingIsLostOrInvented(race, project);
    nothingIsOverAsked(projectId, overlap, comparisons);
  }

  /**
   * What the annotators share.
   *
   * @param acknowledged verdicts by their number, and whether they count
   */
  private record Race(
      String slug, Map<Long, Boolean> acknowledged, AtomicBoolean over, AtomicInteger rounds) {}

  private Void rounds(Race race) throws InterruptedException {
    while (!race.over.get()) {
      // 503: the annotators have all of the pool's connections, so ask again
      Answer answer = http.post("/projects/" + race.slug + "/refits?wait=60");
      if (answer.status() == 200) {
        assertThat(answer.json().path("state").asString()).isEqualTo("DONE");
        race.rounds.incrementAndGet();
      }
      Thread.sleep(500);
    }
    return null;
  }

  private void awaitAnswers(long projectId, long wanted, List<Future<?>> running) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (answers(projectId) < wanted) {
      for (Future<?> thread : running) {
        if (thread.isDone()) {
          thread.get();
        }
      }
      assertThat(System.nanoTime() - end).as("%s of %s", answers(projectId), wanted).isNegative();
      Thread.sleep(200);
    }
  }

  /** How many slots are answered; -1 while the annotators have all of the pool's connections. */
  private long answers(long projectId) {
    try {
      return jdbc.sql("select count(*) from slot where project_id = ? and state = 'ANSWERED'")
          .param(projectId)
          .query(Long.class)
          .single();
    } catch (CannotGetJdbcConnectionException busy) {
      return -1;
    }
  }

  /** One annotator's tool. */
  private final class Annotator {

    private final Race race;
    private final String name;
    private final Random random;
    private final Deque<Late> late = new ArrayDeque<>();
    private final Set<String> held = new HashSet<>();

    private record Late(String lease, long nanoTime) {}

    Annotator(Race race, String name, Random random) {
      this.race = race;
      this.name = name;
      this.random = random;
    }

    Void work() throws IOException, InterruptedException {
      while (!race.over.get()) {
        sendLate(System.nanoTime());
        List<String> leases = next();
        if (leases.isEmpty()) {
          Thread.sleep(50);
        } else {
          judge(leases);
        }
      }
      sendLate(Long.MAX_VALUE);
      return null;
    }

    private List<String> next() throws IOException, InterruptedException {
      int size = 1 + random.nextInt(100);
      String path = "/next-batch?project=" + race.slug + "&annotator=" + name + "&size=" + size;
      HttpResponse<byte[]> response = exchange(request(path).GET());
      assertThat(response.statusCode()).isEqualTo(200);
      return json.readTree(response.body())
          .path("items")
          .valueStream()
          .map(item -> item.path("lease").asString())
          .filter(lease -> !held.contains(lease))
          .toList();
    }

    private void judge(List<String> leases) throws IOException, InterruptedException {
      List<Map<String, Object>> verdicts = new ArrayList<>();
      for (String lease : leases) {
        double chance = random.nextDouble();
        if (chance < 0.02) {
          giveBack(lease);
        } else if (chance < 0.03) {
          held.add(lease);
          late.add(new Late(lease, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(4200)));
        } else if (chance < 0.05) {
          verdicts.add(TestProject.verdict(lease, "SKIP"));
        } else if (chance < 0.08) {
          send(List.of(TestProject.verdict(lease, preference())), false);
        } else {
          verdicts.add(TestProject.verdict(lease, preference()));
        }
      }
      if (!verdicts.isEmpty()) {
        send(verdicts, random.nextInt(10) == 0);
      }
    }

    private String preference() {
      return List.of("LEFT", "RIGHT", "TIE", "BOTH_BAD").get(random.nextInt(4));
    }

    private void giveBack(String lease) throws IOException, InterruptedException {
      assertThat(exchange(request("/leases/" + lease).DELETE()).statusCode()).isEqualTo(204);
    }

    private void sendLate(long now) throws IOException, InterruptedException {
      while (!late.isEmpty() && late.getFirst().nanoTime < now) {
        String lease = late.removeFirst().lease;
        send(List.of(TestProject.verdict(lease, preference())), false);
        held.remove(lease);
      }
    }

    /** Sends verdicts, one of them alone; again as if the first answer had been lost. */
    private void send(List<Map<String, Object>> verdicts, boolean twice)
        throws IOException, InterruptedException {
      List<JsonNode> results = results(verdicts);
      for (JsonNode result : results) {
        assertThat(result.path("outcome").asString()).isIn("COUNTED", "SKIPPED", "LATE");
        Boolean before =
            race.acknowledged.put(
                result.path("verdict").asLong(), result.path("counted").asBoolean());
        assertThat(before).as("a number given twice").isNull();
      }
      if (twice) {
        List<JsonNode> again = results(verdicts);
        for (int i = 0; i < again.size(); i++) {
          assertThat(again.get(i).path("outcome").asString()).isEqualTo("DUPLICATE");
          assertThat(again.get(i).path("verdict")).isEqualTo(results.get(i).path("verdict"));
        }
      }
    }

    private List<JsonNode> results(List<Map<String, Object>> verdicts)
        throws IOException, InterruptedException {
      byte[] body = json.writeValueAsBytes(verdicts.size() == 1 ? verdicts.getFirst() : verdicts);
      HttpResponse<byte[]> response =
          exchange(
              request("/verdicts")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofByteArray(body)));
      assertThat(response.statusCode()).isEqualTo(200);
      List<JsonNode> results =
          json.readTree(response.body()).path("results").valueStream().toList();
      assertThat(results).hasSameSizeAs(verdicts);
      return results;
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(http.service() + path));
  }

  /** As a polite client: where the service sheds load, which writes nothing, it asks again. */
  private HttpResponse<byte[]> exchange(HttpRequest.Builder builder)
      throws IOException, InterruptedException {
    HttpRequest request = builder.build();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    for (int attempt = 0; response.statusCode() == 503 && attempt < 40; attempt++) {
      Thread.sleep(250);
      response = client.send(request, BodyHandlers.ofByteArray());
    }
    return response;
  }

  private void nothingIsLostOrInvented(Race race, TestProject project) throws Exception {
    Map<Long, Boolean> logged = new ConcurrentHashMap<>();
    String path = "/projects/" + project.slug() + "/verdicts?limit=1000";
    String cursor = "";
    while (cursor != null) {
      JsonNode page = json.readTree(exchange(request(path + cursor).GET()).body());
      for (JsonNode item : page.path("items")) {
        Boolean before =
            logged.put(item.path("verdict").asLong(), item.path("counted").asBoolean());
        assertThat(before).as("in the log twice").isNull();
      }
      JsonNode next = page.path("nextCursor");
      cursor = next.isNull() ? null : "&cursor=" + next.asString();
    }
    assertThat(logged).isEqualTo(race.acknowledged);
  }

  private void nothingIsOverAsked(long projectId, int overlap, int comparisons) {
    assertThat(
            jdbc.sql(
                    """
                    select answers || ' of ' || count(*) from (
                      select count(*) as answers from counted_verdict where project_id = ? group by comparison_id) c
                    group by answers
                    """)
                .param(projectId)
                .query(String.class)
                .list())
        .containsExactly(overlap + " of " + comparisons);
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from (
                      select from counted_verdict where project_id = ?
                      group by comparison_id, annotator having count(*) > 1) twice
                    """)
                .param(projectId)
                .query(Long.class)
                .single())
        .as("annotators counted twice on a comparison")
        .isZero();
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from (
                      (select comparison_id, annotator from slot where project_id = :p and state = 'ANSWERED')
                      except
                      (select comparison_id, annotator from counted_verdict where project_id = :p)) unbacked
                    """)
                .param("p", projectId)
                .query(Long.class)
                .single())
        .as("answered slots without a counted verdict")
        .isZero();
    assertThat(
            jdbc.sql(
                    "select count(*) from slot where project_id = ? and state in ('OPEN', 'LEASED')")
                .param(projectId)
                .query(Long.class)
                .single())
        .isZero();
  }
}
