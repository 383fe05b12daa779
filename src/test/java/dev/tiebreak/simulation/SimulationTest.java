package dev.tiebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulationTest {

  private final FakeService service = new FakeService();
  private final Output output = new Output();

  @TempDir Path directory;

  @AfterEach
  void stop() {
    service.close();
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 4];
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    all[0] = "--url";
    all[1] = service.url();
    all[2] = "--timeout";
    all[3] = "10";
    return output.run(all);
  }

  @Test
  void printsLearningCurvesOfGeneratedDataSideBySide() {
    assertThat(run("--labels", "60", "--every", "20", "--seeds", "2")).isZero();

    assertThat(output.out())
        .contains("generated: 480 responses to 60 prompts, 32 dimensions, gold rewards")
        .contains("Spearman on held-out prompts, mean (standard error) of 2 seeds")
        .containsPattern("labels +RANDOM +I_OPTIMAL")
        .containsPattern("\n0 +0.000 \\(0.000\\) +0.000 \\(0.000\\)")
        .containsPattern("\n60 +0\\.\\d{3} \\(0\\.\\d{3}\\) +0\\.\\d{3} \\(")
        .contains("COUNTED 60");
    assertThat(service.projects)
        .containsOnlyKeys(
            "sim-generated-random-1",
            "sim-generated-i-optimal-1",
            "sim-generated-random-2",
            "sim-generated-i-optimal-2");
    service
        .projects
        .values()
        .forEach(project -> {
          assertThat(project.counted()).isEqualTo(60);
          assertThat(project.live()).isZero();
          assertThat(project.responses).hasSize(48 * 8);
          assertThat(project.rounds).hasSize(4);
        });
  }

  @Test
  void learnsSomethingFromTheLabels() throws IOException {
    Path csv = directory.resolve("curve.csv");

    assertThat(run("--strategy", "random", "--labels", "200", "--every", "200", "--csv", csv + ""))
        .isZero();

    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(3).first().isEqualTo(CurveFile.HEADER.strip());
    String[] last = lines.get(2).split(",");
    assertThat(last).startsWith("sim-generated-random-1", "RANDOM", "1", "200", "2");
    assertThat(Double.parseDouble(last[5])).as("Spearman").isGreaterThan(0.5);
    assertThat(Double.parseDouble(last[7])).as("log-loss").isLessThan(Math.log(2));
  }

  @Test
  void passesTheSettingsOn() {
    assertThat(
            run(
                "--strategy=max-entropy",
                "--project=mine",
                "--labels=2",
                "--batch-size=3",
                "--refit-after=4",
                "--low-water=5",
                "--prior=isotropic",
                "--seed=6",
                "--set=randomShare=0.25",
                "--set=priorPrecision=AUTO"))
        .isZero();

    assertThat(service.projects).containsOnlyKeys("mine");
    assertThat(service.project("mine").settings)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("dimension", 32),
                Map.entry("pairing", "IN_PROMPT"),
                Map.entry("strategy", "MAX_ENTROPY"),
                Map.entry("batchSize", 3),
                Map.entry("refitAfter", 4),
                Map.entry("lowWater", 5),
                Map.entry("overlap", 1),
                Map.entry("seed", 6),
                Map.entry("prior", "ISOTROPIC"),
                Map.entry("randomShare", 0.25),
                Map.entry("priorPrecision", "AUTO")));
  }

  @Test
  void losesNothingOverABusyServiceAndBrokenConnections() {
    service.busyEvery = 7;
    service.dropEvery = 5;
    Path journal = directory.resolve("acknowledged.ndjson");

    assertThat(
            run(
                "--strategy=RANDOM",
                "--labels=80",
                "--every=40",
                "--annotators=8",
                "--skip-share=0.1",
                "--tie-share=0.1",
                "--acknowledged=" + journal))
        .isZero();

    FakeProject project = service.project("sim-generated-random-1");
    assertThat(project.counted()).isEqualTo(80);
    assertThat(output.out()).contains("DUPLICATE").contains("SKIPPED");
    assertThat(Journal.read(journal).stream().filter(Journal.Line::counted).count()).isEqualTo(80);
    service.busyEvery = 0;
    service.dropEvery = 0;
    assertThat(run("--check", journal.toString())).isZero();
    assertThat(output.out()).contains("lost 0, duplicated 0");
  }

  @Test
  void goesOnAfterTheServiceWasKilledAndStartedAgain() throws Exception {
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () -> run("--strategy=RANDOM", "--labels=100", "--every=50", "--think=10"));
    while (service.projects.values().stream().mapToLong(FakeProject::counted).sum() < 20) {
      Thread.sleep(10);
    }
    service.restart(800);

    assertThat(status.get()).isZero();
    assertThat(output.out())
        .containsOnlyOnce("The service at " + service.url() + " doesn't answer")
        .containsOnlyOnce("The service answers again");
    assertThat(service.project("sim-generated-random-1").counted()).isEqualTo(100);
  }

  @Test
  void findsWhatTheLogHasLost() {
    Path journal = directory.resolve("acknowledged.ndjson");
    run("--strategy=RANDOM", "--labels=10", "--acknowledged=" + journal);
    service.forgetful = true;

    assertThat(run("--check", journal.toString())).isEqualTo(1);
    assertThat(output.out()).contains("10 verdicts acknowledged, 8 in the log; lost 2");
  }

  @Test
  void continuesAProjectWhereItStands() throws IOException {
    Path csv = directory.resolve("curve.csv");
    assertThat(run("--strategy=RANDOM", "--labels=30", "--csv=" + csv)).isZero();
    assertThat(run("--strategy=RANDOM", "--labels=60", "--resume", "--csv=" + csv)).isZero();

    assertThat(service.project("sim-generated-random-1").counted()).isEqualTo(60);
    assertThat(service.requests.stream().filter(request -> request.startsWith("PUT"))).hasSize(1);
    assertThat(Files.readAllLines(csv).stream().map(line -> line.split(",")[3]))
        .containsExactly("labels", "0", "25", "30", "30", "50", "60");
  }

  @Test
  void leavesAnExistingProjectAloneUnlessToldOtherwise() {
    assertThat(run("--strategy=RANDOM", "--labels=5")).isZero();
    assertThat(run("--strategy=RANDOM", "--labels=5")).isEqualTo(1);
    assertThat(output.err()).contains("exists already: --resume continues it");
    assertThat(run("--strategy=RANDOM", "--labels=5", "--replace", "--delete")).isZero();
    assertThat(service.projects).isEmpty();
  }

  @Test
  void showsAProblemInsteadOfAStackTrace() {
    assertThat(run("--strategy=unknown")).isEqualTo(1);

    assertThat(output.err())
        .contains("422 Invalid settings\n  1 value is wrong\n  /strategy: is not built")
        .doesNotContain("Exception");
  }

  @Test
  void saysThatNoServiceIsThere() {
    service.close();

    assertThat(output.run("--url", service.url(), "--timeout", "1")).isEqualTo(1);

    assertThat(output.out()).contains("doesn't answer").contains("trying again for up to 1 s");
    assertThat(output.err()).contains("gave up after");
  }

  @Test
  void refusesAnOptionThatItDoesNotKnow() {
    assertThat(output.run("--lables", "3")).isEqualTo(2);
    assertThat(output.err()).isEqualTo("Unknown option --lables; --help lists them\n");
  }

  @Test
  void explainsEveryOption() {
    assertThat(output.run("--help")).isZero();
    for (Option option : Option.values()) {
      assertThat(output.out()).contains(option.flag());
    }
    assertThat(output.out().lines()).allMatch(line -> line.length() <= 82);
  }

  @Test
  void redrawsABarOnATerminal() {
    int status =
        output.simulation(true).execute("--url", service.url(), "--strategy=RANDOM", "--labels=10");

    assertThat(status).isZero();
    assertThat(output.out()).contains("\r\u001b[K[").contains("0/10 labels");
  }

  @Test
  void answersAsRecordedAndStopsWhenNothingIsLeft() throws IOException {
    TestData.helpful(directory, 20);

    assertThat(run("--data=" + directory, "--strategy=RANDOM", "--project=hh")).isZero();

    assertThat(output.out())
        .contains("Nothing is left to label (ALL_ANSWERED) after 16 labels")
        .contains("Pairwise accuracy on held-out prompts")
        .doesNotContain("Spearman");
    for (Map<String, Object> entry : service.project("hh").log) {
      boolean best = FakeProject.text(entry, "left").endsWith("-good");
      assertThat(entry.get("preference")).isEqualTo(best ? "LEFT" : "RIGHT");
    }
  }

  @Test
  void letsEachAnnotatorAnswerAsTheRecordedOneDid() throws IOException {
    TestData.triple(directory, 10);

    assertThat(run("--data=" + directory, "--strategy=RANDOM", "--project=three")).isZero();

    FakeProject project = service.project("three");
    assertThat(project.settings).containsEntry("overlap", 3);
    assertThat(project.counted()).isEqualTo(8 * 3);
    Map<String, Integer> counts = new HashMap<>();
    for (Map<String, Object> entry : project.log) {
      boolean first = FakeProject.text(entry, "left").endsWith("-good");
      String recorded = entry.get("annotator") + ":" + (first ? "" : "mirrored ");
      counts.merge(recorded + entry.get("preference"), 1, Integer::sum);
    }
    assertThat(counts.keySet())
        .isSubsetOf(
            "annotator-1:LEFT",
            "annotator-1:mirrored RIGHT",
            "annotator-2:RIGHT",
            "annotator-2:mirrored LEFT",
            "annotator-3:TIE",
            "annotator-3:mirrored TIE");
  }

  @Test
  void givesUpWhereNothingEverCounts() {
    assertThat(
            output.run(
                "--url=" + service.url(),
                "--strategy=RANDOM",
                "--skip-share=1",
                "--think=20",
                "--timeout=1"))
        .isEqualTo(1);

    assertThat(output.err()).contains("No verdict has counted for 1 s");
  }
}
