package dev.tiebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against the running service. */
@IntegrationTest
class ReplayCommandIT {

  private final String url;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  ReplayCommandIT(Http http) {
    url = http.service().toString();
  }

  private int run(String... arguments) {
    return new ReplayCommand(print(out), print(err), false).execute(arguments);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void playsTheToyAndWritesItsResults(@TempDir Path folder) throws IOException {
    String project = "toy-" + UUID.randomUUID().toString().substring(0, 8);
    String[] arguments = {
      "--url=" + url,
      "--toy",
      "--project=" + project,
      "--set=seeds=2",
      "--set=labels=20",
      "--set=batchSizes=[10,20]",
      "--set=candidateLimits=[2000]",
      "--set=strategies=[\"RANDOM\",\"I_OPTIMAL\"]",
      "--out=" + folder.resolve("results")
    };
    assertThat(run(arguments)).as(err.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(said())
        .contains("1,000 responses uploaded to project " + project)
        .contains("Replay 1 of project " + project)
        .contains("done  8 of 8 cells")
        .contains("Labels to the target, against RANDOM")
        .contains("37 files in");
    for (String name :
        new String[] {
          "curves.csv",
          "ratios.json",
          "picks.png",
          "logLoss.svg",
          "ablation-batchSize.csv",
          "ablation-batchSize-area.png"
        }) {
      assertThat(Files.size(folder.resolve("results").resolve(name))).as(name).isPositive();
    }
    assertThat(Files.readString(folder.resolve("results/replay.json"))).contains("\"planeFields\"");

    assertThat(run(arguments)).as("the project is there").isOne();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--replace deletes it first");

    Path again = folder.resolve("again");
    assertThat(run("--url=" + url, "--project=" + project, "--follow=1", "--out=" + again))
        .isZero();
    assertThat(again.resolve("oneMinusSpearman.svg")).exists();
  }

  @Test
  void saysWhatTheServiceRefuses() {
    assertThat(run("--url=" + url, "--project=no-such-project")).isOne();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("No such project");
  }
}
