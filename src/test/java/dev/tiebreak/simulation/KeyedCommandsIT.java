package dev.tiebreak.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.AuthenticatedTest;
import dev.tiebreak.Http;
import dev.tiebreak.access.LocalIssuer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands against a service with authentication. */
@AuthenticatedTest
class KeyedCommandsIT {

  private final Http http;
  private final String[] admin = {"Authorization", "Bearer " + LocalIssuer.adminToken()};
  private @TempDir Path folder;
  private Path keyFile;

  KeyedCommandsIT(Http http) {
    this.http = http;
  }

  @BeforeEach
  void keepKey() throws IOException {
    keyFile = Files.writeString(folder.resolve("key"), LocalIssuer.adminToken() + "\n");
  }

  @Test
  void theSimulationsAnnotatorsHaveKeysOfTheirOwnThatEndWithIt() {
    Output output = new Output();
    int status =
        output.run(
            "--url=" + http.service(),
            "--key-file=" + keyFile,
            "--project=keyed-simulation",
            "--strategy=RANDOM",
            "--labels=12",
            "--every=6",
            "--annotators=3");
    assertThat(status).as(output.err()).isZero();
    assertThat(
            items("/projects/keyed-simulation/verdicts?limit=1000").stream()
                .map(verdict -> verdict.path("annotator").asString()))
        .hasSize(12)
        .allMatch(name -> name.matches("annotator-[123]"));
    List<JsonNode> keys =
        items("/keys?limit=1000").stream()
            .filter(key -> key.path("projects").toString().contains("keyed-simulation"))
            .toList();
    assertThat(keys).hasSize(3).allMatch(key -> key.path("revokedAt").isString());
  }

  private List<JsonNode> items(String path) {
    return http.get(path, admin).expect(200).json().path("items").valueStream().toList();
  }

  @Test
  void theReplayShowsItsKey() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(err, true, UTF_8);
    String url = "--url=" + http.service();
    assertThat(
            new ReplayCommand(print, print, false)
                .execute(url, "--project=keyed-replay", "--key-file=" + keyFile))
        .isOne();
    assertThat(err.toString(UTF_8)).contains("No such project");
    err.reset();
    assertThat(new ReplayCommand(print, print, false).execute(url, "--project=keyed-replay"))
        .isOne();
    assertThat(err.toString(UTF_8)).contains("401", "Send a key or token");
  }

  @Test
  void withoutAKeyTheSimulationSaysWhatIsMissing() {
    Output output = new Output();
    assertThat(output.run("--url=" + http.service(), "--project=keyed-not")).isOne();
    assertThat(output.err()).contains("401", "Send a key or token");
  }
}
