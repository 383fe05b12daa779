package dev.tiebreak.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.OwnerSql;
import dev.tiebreak.RemoteProject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Progress through HTTP, against what the test works out from the log and the batches itself. */
@IntegrationTest
class InsightIT {

  private static final List<String> TABLES =
      List.of("mark", "verdict", "duration", "unit", "agreement", "score", "forecast");
  private static final List<String> ANNOTATORS = List.of("ann", "bob", "cy");

  private final Http http;
  private final JdbcClient jdbc;
  private final LogTally tally;
  private final Environment environment;
  private final Random random = new Random(4);

  InsightIT(Http http, JdbcClient jdbc, LogTally tally, Environment environment) {
    this.http = http;
    this.jdbc = jdbc;
    this.tally = tally;
    this.environment = environment;
  }

  /** Waits until the answer is so; it is kept for a second. */
  private JsonNode progress(RemoteProject project, Predicate<JsonNode> so) {
    AtomicReference<JsonNode> found = new AtomicReference<>();
    RemoteProject.until(
        "progress",
        () -> {
          found.set(http.get(project.path("/progress")).expect(200).json());
          return so.test(found.get());
        });
    return found.get();
  }

  private JsonNode progress(RemoteProject project) {
    int logged = project.log().size();
    long rounds = project.rounds();
    return progress(
        project,
        answer ->
            answer.path("counts").path("verdicts").path("logged").asInt() == logged
                && answer.path("counts").path("rounds").asLong() == rounds
                && (rounds == 0 || forecastsOf(project) == rounds));
  }

  private long forecastsOf(RemoteProject project) {
    return jdbc.sql("select count(*) from insight_forecast where project_id = :project")
        .param("project", project.id(jdbc))
        .query(Long.class)
        .single();
  }

  /** What the test remembers of a counted verdict: the newest batch when it was leased. */
  private record Asked(long comparison, String annotator, long round) {}

  private final List<Asked> asked = new ArrayList<>();

  /** Annotators answer what they are given; some skip, revise, or see a tie. */
  private void annotate(RemoteProject project, int each, long round) {
    long projectId = project.id(jdbc);
    for (String annotator : ANNOTATORS) {
      for (JsonNode item : project.next(annotator, each)) {
        int dice = random.nextInt(20);
        String first = dice == 0 ? "SKIP" : random.nextBoolean() ? "LEFT" : "RIGHT";
        send(item, first, 500 + random.nextInt(60_000));
        tally.advance(projectId);
        if (dice >= 17) {
          String second = dice == 17 ? "TIE" : dice == 18 ? "BOTH_BAD" : "SKIP";
          send(item, second, 700);
          tally.advance(projectId);
        }
        asked.add(new Asked(item.path("comparison").asLong(), annotator, round));
      }
    }
  }

  private void send(JsonNode item, String preference, int durationMs) {
    http.postJson(
            "/verdicts",
            Map.of(
                "lease",
                item.path("lease").asString(),
                "preference",
                preference,
                "durationMs",
                durationMs))
        .expect(200);
  }

  private RemoteProject judged(String name, Map<String, ?> settings) {
    Map<String, Object> all =
        new HashMap<>(
            Map.of(
                "dimension",
                3,
                "overlap",
                2,
                "batchSize",
                12,
                "randomShare",
                0.5,
                "strategy",
                "GREEDY_D_OPTIMAL"));
    all.putAll(settings);
    RemoteProject project = RemoteProject.create(http, name, all);
    project.uploadRandom(6, 5, 9);
    for (long round = 1; round <= 3; round++) {
      assertThat(project.refit().path("number").asLong()).isEqualTo(round);
      annotate(project, 7, round);
    }
    project.judge(0, 1, "LEFT", "elsewhere");
    project.judge(7, 8, "TIE", "elsewhere");
    return project;
  }

  @Test
  void agreesWithWhatTheLogAndTheBatchesSay() {
    RemoteProject project = judged("insight", Map.of("verdictCost", 2.5, "verdictBudget", 100));

    JsonNode progress = progress(project);

    List<JsonNode> log = project.log();
    LogChecks.checkCounts(project, progress, log);
    checkCurves(project, progress.path("learningCurve"), log);
    LogChecks.checkAgreement(progress, log);
    LogChecks.checkAnnotators(progress, log);
    checkRounds(project, progress.path("rounds"));
    checkCost(progress, log);
  }

  /** By the batch that the annotator was asked from. */
  private void checkCurves(RemoteProject project, JsonNode curves, List<JsonNode> log) {
    Map<Long, JsonNode> batches = new HashMap<>();
    for (long round = 1; round <= 3; round++) {
      batches.put(round, project.batch(round));
    }
    for (String arm : List.of("RANDOM", "DESIGN")) {
      double loss = 0;
      double right = 0;
      int n = 0;
      for (JsonNode verdict : LogChecks.standing(log)) {
        if (!LogChecks.isCounted(verdict) || LogChecks.isImported(verdict)) {
          continue;
        }
        JsonNode selected = selected(batches, verdict);
        if (!selected.path("arm").asString().equals(arm)) {
          continue;
        }
        double p = selected.path("p").asDouble();
        double y = LogChecks.target(verdict, selected);
        loss -= y * Math.log(p) + (1 - y) * Math.log(1 - p);
        right += y == 0.5 || p == 0.5 ? 0.5 : (y > 0.5) == (p > 0.5) ? 1 : 0;
        n++;
      }
      JsonNode all = curves.path(arm.toLowerCase(Locale.ROOT)).path("all");
      assertThat(n).isGreaterThan(5);
      assertThat(all.path("verdicts").asInt()).isEqualTo(n);
      assertThat(all.path("logLoss").path("value").asDouble()).isCloseTo(loss / n, within(1e-12));
      assertThat(all.path("accuracy").path("value").asDouble()).isCloseTo(right / n, within(1e-12));
      assertThat(curves.path(arm.toLowerCase(Locale.ROOT)).path("points").size()).isEqualTo(3);
    }
  }

  /** The newest batch, when the annotator was asked, that has the comparison. */
  private JsonNode selected(Map<Long, JsonNode> batches, JsonNode verdict) {
    long comparison = verdict.path("comparison").asLong();
    String annotator = verdict.path("annotator").asString();
    long round =
        asked.stream()
            .filter(a -> a.comparison() == comparison && a.annotator().equals(annotator))
            .mapToLong(Asked::round)
            .findFirst()
            .orElseThrow();
    for (long number = round; number > 0; number--) {
      for (JsonNode selected : Objects.requireNonNull(batches.get(number)).path("comparisons")) {
        if (selected.path("comparison").asLong() == comparison) {
          return selected;
        }
      }
    }
    throw new AssertionError("comparison " + comparison + " is in no batch");
  }

  private static void checkRounds(RemoteProject project, JsonNode rounds) {
    assertThat(rounds.size()).isEqualTo(3);
    for (JsonNode round : rounds) {
      JsonNode diagnostics = project.batch(round.path("number").asLong()).path("diagnostics");
      assertThat(round.path("logDetBefore")).isEqualTo(diagnostics.path("logDetBefore"));
      assertThat(round.path("logDetAfter")).isEqualTo(diagnostics.path("logDetAfter"));
      assertThat(round.path("predictedGain")).isEqualTo(diagnostics.path("predictedGain"));
      assertThat(round.path("realisedGain").asDouble(-1))
          .isEqualTo(diagnostics.path("realisedGain").asDouble(-1));
    }
    assertThat(rounds.path(0).path("realisedGain").asDouble()).isPositive();
    assertThat(rounds.path(0).path("labels").asInt()).isZero();
    assertThat(rounds.path(2).path("labels").asInt()).isPositive();
  }

  private void checkCost(JsonNode progress, List<JsonNode> log) {
    long counted = LogChecks.standing(log).stream().filter(LogChecks::isCounted).count();
    JsonNode cost = progress.path("cost");
    assertThat(cost.path("spent").asDouble()).isEqualTo(2.5 * counted);
    assertThat(cost.path("verdictsLeft").asLong()).isEqualTo(100 - counted);
    assertThat(cost.path("projected").asDouble()).isEqualTo(250);
    JsonNode advice = progress.path("stoppingAdvice");
    JsonNode forecast = advice.path("forecast");
    assertThat(forecast.path("pairs").asInt()).isEqualTo(60);
    assertThat(advice.path("price").asDouble()).isEqualTo(2.5 * forecast.path("verdicts").asInt());
    assertThat(advice.path("leastGain").asDouble()).isEqualTo(0.005);
    assertThat(advice.path("calibration").path("verdicts").asInt()).isGreaterThan(5);
    assertThat(forecast.path("varianceAfter").asDouble())
        .isBetween(0.0, forecast.path("variance").asDouble());
  }

  @Test
  void listsAsManyAnnotatorsAsAreAskedFor() {
    RemoteProject project = judged("insight-few", Map.of());
    JsonNode all = progress(project).path("annotators");

    JsonNode two =
        http.get(project.path("/progress?annotators=2")).expect(200).json().path("annotators");

    assertThat(all.path("items").size()).isEqualTo(4).isEqualTo(two.path("total").asInt());
    assertThat(two.path("items").valueStream().toList())
        .isEqualTo(all.path("items").valueStream().toList().subList(0, 2));
  }

  /** The owner moves verdicts into the past, as no client can. */
  @Test
  void countsAnswersByTheHour() {
    RemoteProject project = judged("insight-hours", Map.of());
    int recent = progress(project).path("counts").path("verdicts").path("lastHour").asInt();
    OwnerSql.of(environment)
        .sql(
            """
            update verdict v
            set recorded_at = now() - make_interval(mins => t.minutes)
            from (select verdict_id, row_number() over (order by verdict_id) as n
                  from verdict
                  where project_id = :project and outcome = 'COUNTED' and preference <> 'SKIP') early
            join unnest(array[90, 90, 150, 23 * 60 + 30, 25 * 60]) with ordinality as t(minutes, n) using (n)
            where v.project_id = :project and v.verdict_id = early.verdict_id
            """)
        .param("project", project.id(jdbc))
        .update();

    JsonNode verdicts =
        progress(project, answer -> hour(answer, 22) > 0).path("counts").path("verdicts");

    assertThat(verdicts.path("byHour").valueStream().map(JsonNode::asInt).toList())
        .startsWith(1, 0)
        .endsWith(0, 1, 2, recent - 5);
    assertThat(verdicts.path("lastHour").asInt()).isEqualTo(recent - 5);
    assertThat(verdicts.path("lastDay").asInt()).isEqualTo(recent - 1);
  }

  private static int hour(JsonNode progress, int hour) {
    return progress.path("counts").path("verdicts").path("byHour").path(hour).asInt();
  }

  @Test
  void knowsNothingOfAnEmptyProject() {
    RemoteProject project = RemoteProject.create(http, "insight-empty", Map.of("dimension", 2));

    JsonNode progress = http.get(project.path("/progress")).expect(200).json();

    assertThat(progress.path("counts").path("verdicts").path("logged").asInt()).isZero();
    assertThat(progress.path("learningCurve").path("random").path("all").isNull()).isTrue();
    assertThat(progress.path("rounds")).isEmpty();
    assertThat(progress.path("agreement").path("alpha").isNull()).isTrue();
    assertThat(progress.path("positionBias").path("leftShare").isNull()).isTrue();
    assertThat(progress.path("annotators").path("items")).isEmpty();
    assertThat(progress.path("cost").path("spent").isNull()).isTrue();
    JsonNode advice = progress.path("stoppingAdvice");
    assertThat(advice.path("advice").asString()).isEqualTo("UNSURE");
    assertThat(advice.path("forecast").isNull()).isTrue();
    assertThat(advice.path("price").isNull()).isTrue();
  }

  @Test
  void refusesWhatMakesNoSense() {
    RemoteProject project = RemoteProject.create(http, "insight-worth", Map.of("dimension", 2));

    http.get("/projects/insight-nowhere/progress").expect(404, "project-not-found");
    http.get(project.path("/progress?worth=0")).expect(422, "invalid-input");
    http.get(project.path("/progress?worth=NaN")).expect(422, "invalid-input");
    http.get(project.path("/progress?worth=much")).expect(422, "invalid-input");
    http.get(project.path("/progress?worth=2.5")).expect(200);
    http.get(project.path("/progress?annotators=-1")).expect(422, "invalid-input");
    http.get(project.path("/progress?pointVerdicts=0")).expect(422, "invalid-input");
    http.get(project.path("/progress?pointVerdicts=25")).expect(200);
    http.get(project.path("/progress?annotators=1001")).expect(422, "invalid-input");
  }

  @Test
  void weighsTheGainAgainstWhatItIsWorth() {
    RemoteProject project =
        RemoteProject.create(
            http, "insight-price", Map.of("dimension", 3, "verdictCost", 0.1, "pairing", "ANY"));
    project.uploadRandom(4, 4, 3);
    project.refit();
    progress(project);

    JsonNode advice =
        http.get(project.path("/progress?worth=20")).expect(200).json().path("stoppingAdvice");

    double price = advice.path("price").asDouble();
    assertThat(price).isCloseTo(0.1 * advice.path("verdicts").asInt(), within(1e-12));
    assertThat(advice.path("leastGain").asDouble()).isCloseTo(0.01 * price / 20, within(1e-12));
    double gain = advice.path("forecast").path("accuracyGain").path("value").asDouble();
    assertThat(advice.path("pricePerPoint").path("value").asDouble())
        .isCloseTo(0.01 * price / gain, within(1e-9));
  }

  @Test
  void scoresCrossPromptPairs() {
    RemoteProject project = judged("insight-cross", Map.of("pairing", "CROSS_PROMPT"));

    JsonNode progress = progress(project);

    assertThat(progress.path("cost").path("spent").isNull()).isTrue();
    assertThat(progress.path("stoppingAdvice").path("pricePerPoint").isNull()).isTrue();
    // 30 responses to 6 prompts
    assertThat(progress.path("stoppingAdvice").path("forecast").path("pairs").asInt())
        .isEqualTo(30 * 29 / 2 - 60);
    checkCurves(project, progress.path("learningCurve"), project.log());
    LogChecks.checkCounts(project, progress, project.log());
  }

  /** As after an upgrade, when the log is there and the sums are not. */
  @Test
  void addsUpTheSameAtOnceAsBitByBit() {
    RemoteProject project = judged("insight-once", Map.of());
    progress(project);
    long projectId = project.id(jdbc);
    List<List<Map<String, @Nullable Object>>> before = sums(projectId);
    JdbcClient owner = OwnerSql.of(environment);
    for (String table : TABLES) {
      owner
          .sql("delete from insight_" + table + " where project_id = :project")
          .param("project", projectId)
          .update();
    }

    tally.advance(projectId);

    assertThat(before).allSatisfy(rows -> assertThat(rows).isNotEmpty());
    assertThat(sums(projectId)).isEqualTo(before);
    assertThat(tally.isBehind(projectId)).isFalse();
  }

  private List<List<Map<String, @Nullable Object>>> sums(long projectId) {
    return List.of(
        rows("mark", "logged, comparisons, last_comparison", projectId),
        rows("verdict", "annotator, outcome, preference, counted, nullif(verdicts, 0)", projectId),
        rows("duration", "annotator, bucket, nullif(verdicts, 0)", projectId),
        rows("unit", "least, greatest, tie, both_bad, nullif(comparisons, 0)", projectId),
        rows("agreement", "annotator, nullif(pairs, 0), agreeing", projectId),
        rows(
            "score",
            "fit, arm, nullif(verdicts, 0), halves, correct, round(log_loss::numeric, 9),"
                + " round(log_loss_squared::numeric, 9)",
            projectId));
  }

  /** Those that are not at zero. */
  private List<Map<String, @Nullable Object>> rows(String table, String columns, long projectId) {
    return jdbc
        .sql(
            "select "
                + columns
                + " from insight_"
                + table
                + " where project_id = :project order by "
                + columns)
        .param("project", projectId)
        .query()
        .listOfRows()
        .stream()
        .filter(row -> !row.containsKey("nullif") || row.get("nullif") != null)
        .toList();
  }

  @Test
  void goesWithItsProject() {
    RemoteProject project = judged("insight-gone", Map.of());
    long projectId = project.id(jdbc);
    progress(project);

    http.delete(project.path("?confirm=" + project.slug())).expect(204);

    http.get(project.path("/progress")).expect(404, "project-not-found");
    for (String table : TABLES) {
      assertThat(
              jdbc.sql("select count(*) from insight_" + table + " where project_id = :project")
                  .param("project", projectId)
                  .query(Long.class)
                  .single())
          .isZero();
    }
  }
}
