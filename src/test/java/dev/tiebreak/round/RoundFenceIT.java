package dev.tiebreak.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.OwnerSql;
import dev.tiebreak.RemoteProject;
import dev.tiebreak.TestAlgebra;
import dev.tiebreak.design.Arm;
import dev.tiebreak.design.BatchDiagnostics;
import dev.tiebreak.design.DesignProblem;
import dev.tiebreak.design.Pairing;
import dev.tiebreak.design.SelectedPair;
import dev.tiebreak.design.Selection;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.preference.EmbeddingSpectrum;
import dev.tiebreak.preference.LastLayer;
import dev.tiebreak.preference.Prior;
import dev.tiebreak.preference.PriorSpecification;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.ReflectionTestUtils;
import tools.jackson.databind.JsonNode;

/** Of two that believe to hold a project, one publishes. */
@IntegrationTest
class RoundFenceIT {

  private final Http http;
  private final Projects projects;
  private final RoundLease lease;
  private final RoundReader reader;
  private final RoundPublication publication;
  private final RoundRunner runner;
  private final JdbcClient owner;

  RoundFenceIT(
      Http http,
      Projects projects,
      RoundLease lease,
      RoundReader reader,
      RoundPublication publication,
      RoundRunner runner,
      Environment environment) {
    this.http = http;
    this.projects = projects;
    this.lease = lease;
    this.reader = reader;
    this.publication = publication;
    this.runner = runner;
    this.owner = OwnerSql.of(environment);
  }

  @Test
  void aDeadHoldersRoundIsTakenOverUnderItsNumberAndFinishedOnce() {
    RemoteProject project = project();
    project.refit();
    long id = project.id(owner);
    holdByAnother(id, "1 hour");
    JsonNode queued = http.postJson(project.path("/refits"), "{}").expect(202).json();
    assertThat(queued.path("number").asInt()).isEqualTo(3);
    RemoteProject.pause(1500);
    assertThat(project.rounds()).as("held by another").isOne();
    owner
        .sql("update round_status set held_until = clock_timestamp() where project_id = ?")
        .param(id)
        .update();
    RemoteProject.until("rounds 2 and 3", () -> project.rounds() == 3);
    assertThat(project.batches().stream().map(b -> b.path("number").asInt()))
        .containsExactly(3, 2, 1);
    assertThat(
            owner
                .sql("select epoch from round where project_id = ? and number = 2")
                .param(id)
                .query(Long.class)
                .single())
        .isGreaterThan(7);
  }

  @Test
  void aStalePublisherIsRefusedAndChangesNothing() {
    RemoteProject project = project();
    project.refit();
    long id = project.id(owner);
    holdByAnother(id, "1 hour");
    try {
      Project stored = projects.find(id).orElseThrow();
      HeldRound stale = held(id, 6);
      RoundInput input = reader.read(stale, 1);
      String before = contents(id);
      assertThatThrownBy(() -> publication.publish(stale, stored, input, result(input)))
          .isInstanceOf(LostRoundException.class);
      assertThat(contents(id)).isEqualTo(before);
      assertThat(lease.prolong(stale)).isFalse();
      assertThat(lease.fail(stale, "never seen")).isFalse();
      lease.enter(stale, Stage.FIT);
      runner.run(stale);
      assertThat(contents(id)).isEqualTo(before);
      // the right epoch, but not the process that was given it
      assertThat(lease.prolong(held(id, 7))).isFalse();
    } finally {
      owner
          .sql("update round_status set held_until = clock_timestamp() where project_id = ?")
          .param(id)
          .update();
    }
    RemoteProject.until("round 2", () -> project.rounds() == 2);
  }

  @Test
  void aLostRoundStopsAtItsNextStage() {
    RemoteProject project = project();
    try (Heartbeat heartbeat = Heartbeat.start(lease, held(project.id(owner), 99))) {
      RemoteProject.until(
          "the loss is noticed",
          () -> {
            try {
              heartbeat.check();
              return false;
            } catch (LostRoundException lost) {
              return true;
            }
          });
    }
  }

  @Test
  void aHeartbeatProlongsTheHold() {
    RemoteProject project = project();
    long id = project.id(owner);
    holdByAnother(id, "1 hour");
    holdByThisProcess(id);
    try (Heartbeat heartbeat = Heartbeat.start(lease, held(id, 7))) {
      RemoteProject.pause(4500);
      heartbeat.check();
      assertThat(
              owner
                  .sql(
                      "select held_until > clock_timestamp() + interval '2 s' from round_status where project_id = ?")
                  .param(id)
                  .query(Boolean.class)
                  .single())
          .isTrue();
    }
    assertThat(lease.fail(held(id, 7), "ended by the test")).isTrue();
    assertThat(http.get(project.path("/refits/1")).json().path("detail").asString())
        .isEqualTo("ended by the test");
  }

  @Test
  void aFailedRoundSaysSoAndWorksOnceRepaired() {
    RemoteProject project = project();
    project.change(Map.of("refitAfter", 1));
    long id = project.id(owner);
    byte[] whole =
        owner
            .sql(
                "select embedding from response where project_id = ? and ordinal = (select min(ordinal) from response where project_id = ?)")
            .params(id, id)
            .query(byte[].class)
            .single();
    owner
        .sql(
            "update response set embedding = '\\x00000000' where project_id = ? and response_id = 'r0'")
        .param(id)
        .update();
    owner
        .sql("update response_tally set version = version + 1 where project_id = ?")
        .param(id)
        .update();
    JsonNode failed = http.postJson(project.path("/refits?wait=60"), "{}").expect(200).json();
    assertThat(failed.path("state").asString()).isEqualTo("FAILED");
    assertThat(failed.path("detail").asString()).isNotBlank().doesNotContain("bytes", "Exception");
    assertThat(failed.path("result").isNull()).isTrue();
    http.get(project.path("/model")).expect(404, "model-not-found");
    http.get(project.path("/batches/1")).expect(404, "batch-not-found");
    project.judge(0, 1, "LEFT", "a");
    RemoteProject.pause(1500);
    assertThat(
            owner
                .sql("select count(*) from round where project_id = ?")
                .param(id)
                .query(Long.class)
                .single())
        .as("unasked, it is left alone for a while")
        .isOne();
    owner
        .sql("update response set embedding = ? where project_id = ? and response_id = 'r0'")
        .params(whole, id)
        .update();
    project.refit();
    assertThat(project.model().path("verdicts").asInt()).isOne();
  }

  @Test
  void retriesAFailedRoundByItselfWhenItsTimeHasCome() {
    RemoteProject project = project();
    long id = project.id(owner);
    holdByAnother(id, "1 hour");
    assertThat(lease.fail(held(id, 7), "for the test")).isTrue();
    project.change(Map.of("lowWater", 1));
    RemoteProject.pause(1500);
    assertThat(project.rounds()).isZero();
    owner
        .sql("update round_status set retry_at = clock_timestamp() where project_id = ?")
        .param(id)
        .update();
    RemoteProject.until("a round", () -> project.rounds() == 1);
  }

  @Test
  void aProjectCanBeRemovedWhileItsRoundsRun() {
    for (int i = 0; i < 8; i++) {
      RemoteProject project =
          RemoteProject.create(http, "doomed", Map.of("dimension", 24, "batchSize", 200));
      project.uploadRandom(10, 10, i);
      http.postJson(project.path("/refits"), "{}").expect(202);
      RemoteProject.pause(i * 12);
      http.delete(project.path("?confirm=" + project.slug())).expect(204);
      http.get(project.path("/refits/1")).expect(404, "project-not-found");
    }
    project().refit();
  }

  @Test
  void aChangeOfSettingsDuringARoundIsNotMissed() {
    RemoteProject project = project();
    project.refit();
    long id = project.id(owner);
    holdByAnother(id, "1 hour");
    Project before = projects.find(id).orElseThrow();
    project.change(Map.of("lowWater", 2, "batchSize", 4));
    RoundInput input = reader.read(held(id, 7), 1);
    publication.publish(held(id, 7), before, input, result(input));
    RemoteProject.until("a round by the new settings", () -> project.rounds() == 3);
    assertThat(project.batch(3).path("size").asInt()).isEqualTo(4);
  }

  @Test
  void anOverlapThatIsLoweredDuringARoundIsTheOnePublished() {
    RemoteProject project = project();
    project.change(Map.of("overlap", 3));
    project.refit();
    long id = project.id(owner);
    holdByAnother(id, "1 hour");
    Project before = projects.find(id).orElseThrow();
    RoundInput input = reader.read(held(id, 7), 3);
    RoundResult empty = result(input);
    SelectedPair pair = new SelectedPair(0, 1, Arm.DESIGN, 0, 0.5, 0, null);
    Selection one = new Selection(List.of(pair), 1, empty.selection().diagnostics());
    RoundResult result = new RoundResult(empty.fit(), empty.problem(), one, null, Map.of());
    project.change(Map.of("overlap", 1));
    publication.publish(held(id, 7), before, input, result);
    assertThat(
            owner
                .sql(
                    """
                    select count(*) from slot where project_id = ? and state = 'OPEN'
                    group by comparison_id
                    """)
                .param(id)
                .query(Integer.class)
                .list())
        .isNotEmpty()
        .containsOnly(1);
  }

  @Test
  void aFitIsReusedOnlyForTheEmbeddingsThatItIsOf() {
    for (int stale = 0; stale <= 1; stale++) {
      RemoteProject project = project();
      project.refit();
      long id = project.id(owner);
      holdByAnother(id, "1 hour");
      holdByThisProcess(id);
      int older = stale;
      runner.run(
          owner
              .sql(
                  "select fit_snapshot::text, fit_version, pg_current_snapshot()::text from round_status where project_id = ?")
              .param(id)
              .query((row, n) ->
                  new HeldRound(
                      id,
                      2,
                      7,
                      Trigger.LOW_WATER,
                      false,
                      row.getString(3),
                      1L,
                      row.getString(1),
                      row.getLong(2) - older,
                      true))
              .single());
      assertThat(project.batch(2).path("provenance").path("fit").asInt()).isEqualTo(1 + stale);
      assertThat(project.model().path("round").asInt()).isEqualTo(1 + stale);
    }
  }

  private RemoteProject project() {
    RemoteProject project =
        RemoteProject.create(http, "fence", Map.of("dimension", 3, "batchSize", 2));
    project.uploadRandom(3, 3, 1);
    return project;
  }

  /** As another process would leave it: its round is under way with epoch 7. */
  private void holdByAnother(long id, String time) {
    owner
        .sql(
            """
            with status as (
              update round_status
              set epoch = 7, holder = gen_random_uuid(), held_until = clock_timestamp() + ?::interval,
                  newest = newest + 1, running = newest + 1, running_snapshot = pg_current_snapshot()
              where project_id = ?
              returning project_id, newest)
            insert into round (project_id, number, state, trigger, epoch, started_at)
            select project_id, newest, 'RUNNING', 'REQUESTED', 7, clock_timestamp() from status
            """)
        .params(time, id)
        .update();
  }

  private void holdByThisProcess(long id) {
    owner
        .sql(
            "update round_status set holder = ?, held_until = clock_timestamp() + interval '5 s' where project_id = ?")
        .params(Objects.requireNonNull(ReflectionTestUtils.getField(lease, "bootId")), id)
        .update();
  }

  private HeldRound held(long id, long epoch) {
    return owner
        .sql(
            "select newest, pg_current_snapshot()::text as snapshot from round_status where project_id = ?")
        .param(id)
        .query((row, n) ->
            new HeldRound(
                id,
                row.getLong(1),
                epoch,
                Trigger.REQUESTED,
                false,
                row.getString(2),
                null,
                null,
                0,
                false))
        .single();
  }

  private static RoundResult result(RoundInput input) {
    var algebra = TestAlgebra.open();
    var set = input.embeddings();
    var fit =
        new LastLayer(algebra)
            .fit(
                set.embeddings(),
                EmbeddingSpectrum.of(set.embeddings(), set.promptOf(), algebra),
                input.judgements(),
                new PriorSpecification(Prior.ISOTROPIC, 1.0, null),
                null);
    var diagnostics = new BatchDiagnostics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    var problem =
        new DesignProblem(
            fit.map().apply(set.embeddings()),
            set.embeddings(),
            set.promptOf(),
            fit.coefficients(),
            fit.information(),
            input.judgements(),
            input.pending(),
            input.excluded(),
            Pairing.IN_PROMPT,
            Strategy.RANDOM,
            0,
            0,
            null,
            0,
            null);
    return new RoundResult(fit, problem, new Selection(List.of(), 0, diagnostics), null, Map.of());
  }

  /** All that a round may change. */
  private String contents(long id) {
    return owner
        .sql(
            """
            select (select jsonb_agg(to_jsonb(s) - 'held_until') from round_status s where project_id = :id)::text
              || (select jsonb_agg(r order by number) from round r where project_id = :id)::text
              || (select jsonb_agg(f order by number) from fit f where project_id = :id)::text
              || (select jsonb_agg(b order by number) from batch b where project_id = :id)::text
              || (select jsonb_agg(x order by comparison_id, slot) from slot x where project_id = :id)::text
            """)
        .param("id", id)
        .query(String.class)
        .single();
  }
}
