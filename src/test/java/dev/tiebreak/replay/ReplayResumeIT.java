package dev.tiebreak.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.OwnerSql;
import dev.tiebreak.RemoteProject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A replay whose process dies is taken up by another, where it was. */
@IntegrationTest
class ReplayResumeIT {

  private static final Map<String, Object> SETTINGS =
      Map.of("seeds", 40, "labels", 60, "batchSizes", List.of(5));

  private final Http http;
  private final ReplayLease lease;
  private final JdbcClient owner;

  ReplayResumeIT(Http http, ReplayLease lease, Environment environment) {
    this.http = http;
    this.lease = lease;
    this.owner = OwnerSql.of(environment);
  }

  @Test
  void goesOnAfterACrashAndComesToTheSame() {
    RemoteProject project = ReplayIT.withGold(http, "replay-resume", 24, 8);
    String replay = ReplayIT.request(http, project, SETTINGS);
    RemoteProject.until("some cells are done", () -> done(replay) > 2);
    takeAway(project);
    RemoteProject.pause(4000);
    int kept = done(replay);
    RemoteProject.pause(2000);
    assertThat(done(replay)).as("the former holder stores no more").isEqualTo(kept);
    assertThat(http.get(replay).json().path("state").asString()).isEqualTo("RUNNING");
    List<String> before = finished(project);
    owner
        .sql(
            "update replay set held_until = clock_timestamp() where project_id = "
                + project.id(owner))
        .update();
    ReplayIT.await(http, replay, "DONE");
    assertThat(finished(project)).as("nothing is computed again").containsAll(before);
    String whole = ReplayIT.request(http, project, SETTINGS);
    ReplayIT.await(http, whole, "DONE");
    assertThat(points(replay)).isEqualTo(points(whole)).isNotEmpty();
  }

  @Test
  void doesNotGoOnWithOtherData() {
    RemoteProject project = ReplayIT.withGold(http, "replay-changed", 24, 8);
    String replay = ReplayIT.request(http, project, SETTINGS);
    RemoteProject.until("some cells are done", () -> done(replay) > 2);
    takeAway(project);
    project.upload(
        List.of(Map.of("promptId", "p0", "responseId", "r0", "embedding", List.of(1, 2, 3, 4))));
    RemoteProject.pause(3000);
    owner
        .sql(
            "update replay set held_until = clock_timestamp() where project_id = "
                + project.id(owner))
        .update();
    JsonNode failed = ReplayIT.await(http, replay, "FAILED");
    assertThat(failed.path("detail").asString()).contains("have changed since");
  }

  @Test
  void isNotTriedForEver() {
    RemoteProject project = ReplayIT.withGold(http, "replay-deadly", 24, 8);
    String replay = ReplayIT.request(http, project, SETTINGS);
    RemoteProject.until("some cells are done", () -> done(replay) > 2);
    takeAway(project);
    RemoteProject.pause(3000);
    owner
        .sql(
            "update replay set held_until = clock_timestamp(), attempts = 5 where project_id = "
                + project.id(owner))
        .update();
    JsonNode failed = ReplayIT.await(http, replay, "FAILED");
    assertThat(failed.path("detail").asString()).contains("ended 5 times");
    assertThat(http.get(replay + "/curves").expect(200).json().path("items").size()).isPositive();
  }

  @Test
  void aFormerHolderChangesNothing() {
    RemoteProject project = ReplayIT.withGold(http, "replay-fence", 24, 8);
    String replay = ReplayIT.request(http, project, SETTINGS);
    RemoteProject.until("some cells are done", () -> done(replay) > 2);
    takeAway(project);
    RemoteProject.pause(3000);
    HeldReplay stale =
        new HeldReplay(
            project.id(owner),
            project.slug(),
            1,
            1,
            1,
            Examples.settings(Source.GOLD).get(),
            "1:1:",
            null);
    CellResult result = new CellResult(List.of(), List.of(), 1, 1);
    assertThat(lease.prolong(stale)).isFalse();
    assertThat(lease.begin(stale, 1, 1)).isFalse();
    assertThat(lease.store(stale, 19_999, result)).isFalse();
    assertThat(lease.finish(stale)).isFalse();
    assertThat(lease.fail(stale, "never seen")).isFalse();
    assertThat(http.get(replay).json().path("state").asString()).isEqualTo("RUNNING");
    http.delete(replay).expect(200);
  }

  private int done(String replay) {
    return http.get(replay).expect(200).json().path("progress").path("done").asInt();
  }

  /** As if another process had taken it over. */
  private void takeAway(RemoteProject project) {
    owner
        .sql(
            """
            update replay
            set epoch = epoch + 1, holder = ?, held_until = clock_timestamp() + interval '1 hour'
            where project_id = ?
            """)
        .param(UUID.randomUUID())
        .param(project.id(owner))
        .update();
  }

  private List<String> finished(RemoteProject project) {
    return owner
        .sql(
            "select cell || ' ' || finished_at from replay_cell where number = 1 and project_id ="
                + " ?")
        .param(project.id(owner))
        .query((row, n) -> row.getString(1))
        .list();
  }

  /** All that no clock has measured. */
  private List<JsonNode> points(String replay) {
    return http.get(replay + "/points")
        .expect(200)
        .json()
        .path("items")
        .valueStream()
        .filter(row -> !row.path("measure").asString().endsWith("Millis"))
        .toList();
  }
}
