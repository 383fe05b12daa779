package dev.tiebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.command.UsageException;
import dev.tiebreak.simulation.Options.Existing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionsTest {

  @Test
  void hasDefaultsThatRunAnywhere() {
    Options options = Options.parse();
    assertThat(options.url()).isEqualTo(URI.create("http://127.0.0.1:8080"));
    assertThat(options.data()).isNull();
    assertThat(options.strategies()).containsExactly("RANDOM", "I_OPTIMAL");
    assertThat(options.pairing()).isEqualTo("IN_PROMPT");
    assertThat(options.labels()).isEqualTo(200);
    assertThat(options.every()).isEqualTo(25);
    assertThat(options.batchSize()).isEqualTo(25);
    assertThat(options.seeds()).containsExactly(1L);
    assertThat(options.holdout()).isEqualTo(0.2);
    assertThat(options.timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(options.existing()).isEqualTo(Existing.REFUSE);
    assertThat(options.delete()).isFalse();
  }

  @Test
  void readsBothFormsOfEveryOption() {
    Options options =
        Options.parse(
            "--url=https://label.example/tiebreak",
            "--data",
            "some/where",
            "--strategy",
            "i-optimal,Random",
            "--pairing",
            "any",
            "--labels",
            "7",
            "--every=3",
            "--annotators",
            "5",
            "--overlap",
            "2",
            "--seed",
            "4,9",
            "--holdout",
            "0.5",
            "--skip-share",
            "0.1",
            "--tie-share=0",
            "--think",
            "20",
            "--delete",
            "--resume",
            "--csv",
            "curve.csv",
            "--timeout",
            "9",
            "--acknowledged",
            "log");
    assertThat(options.url()).isEqualTo(URI.create("https://label.example/tiebreak"));
    assertThat(options.data()).isEqualTo(Path.of("some/where"));
    assertThat(options.strategies()).containsExactly("I_OPTIMAL", "RANDOM");
    assertThat(options.pairing()).isEqualTo("ANY");
    assertThat(options.batchSize()).isEqualTo(3);
    assertThat(options.annotators()).isEqualTo(5);
    assertThat(options.overlap()).isEqualTo(2);
    assertThat(options.seeds()).containsExactly(4L, 9L);
    assertThat(options.think()).isEqualTo(Duration.ofMillis(20));
    assertThat(options.delete()).isTrue();
    assertThat(options.existing()).isEqualTo(Existing.RESUME);
    assertThat(options.acknowledged()).isEqualTo(Path.of("log"));
  }

  @Test
  void countsSeeds() {
    assertThat(Options.parse("--seeds", "3").seeds()).isEqualTo(List.of(1L, 2L, 3L));
  }

  @Test
  void namesProjectsAfterDataStrategyAndSeed() {
    Options options = Options.parse();
    assertThat(options.project("My data (v2)", "MAX_ENTROPY", 12))
        .isEqualTo("sim-my-data-v2-max-entropy-12");
    assertThat(options.project("x".repeat(100), "GREEDY_D_OPTIMAL", 1))
        .hasSize(63)
        .endsWith("x-greedy-d-optimal-1");
  }

  @Test
  void takesAGivenNameAsItIsForOneRunAndAsPrefixForSeveral() {
    assertThat(Options.parse("--project=a", "--strategy=RANDOM").project("d", "RANDOM", 1))
        .isEqualTo("a");
    assertThat(Options.parse("--project=a").project("d", "RANDOM", 1)).isEqualTo("a-random-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "labels",
        "--unknown",
        "--labels",
        "--labels=",
        "--labels=many",
        "--labels=0",
        "--labels=99999999999",
        "--delete=yes",
        "--holdout=1",
        "--skip-share=1.5",
        "--skip-share=NaN",
        "--seed=1,1",
        "--seed=-1",
        "--seed=1,",
        "--strategy=RANDOM,,",
        "--strategy=RANDOM,random",
        "--url=localhost:8080",
        "--url=ftp://host",
        "--project=Upper",
        "--set=nothing",
        "--keep --delete",
        "--resume --replace",
        "--seed=1 --seeds=2",
        "--labels=1 --labels=2",
        "--overlap=3 --annotators=2"
      })
  void refusesWhatCanNotBeMeant(String line) {
    assertThatThrownBy(() -> Options.parse(line.split(" ")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(line.split("[ =]")[0]);
  }
}
