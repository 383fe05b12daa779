package dev.tiebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.command.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayOptionsTest {

  @Test
  void needsNothingForTheToy() {
    ReplayOptions options = ReplayOptions.parse("--toy");
    assertThat(options.project()).isEqualTo("toy");
    assertThat(options.settings()).isEmpty();
    assertThat(options.width()).isEqualTo(900);
  }

  @Test
  void settingsOnTheLineGoOverThoseOfTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("settings.json");
    Files.writeString(file, "{\"seeds\": 3, \"labels\": 50}");
    ReplayOptions options =
        ReplayOptions.parse("--project", "hh", "--settings=" + file, "--set", "seeds=7");
    assertThat(options.settings()).hasSize(2);
    assertThat(options.settings().get("seeds")).hasToString("7");
    assertThat(options.settings().get("labels")).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--project=Not/A/Slug",
        "--toy --data=x",
        "--toy --toy",
        "--toy --follow=1",
        "--project=a --set=seeds",
        "--project=a --width=10",
        "--project=a --settings=/no/such/file",
        "--project=a --what"
      })
  void refusesWhatCannotBeMeant(String line) {
    String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
    assertThatThrownBy(() -> ReplayOptions.parse(arguments)).isInstanceOf(UsageException.class);
  }

  @Test
  void helpNamesEveryOption() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    assertThat(new ReplayCommand(out, out, false).execute("--help")).isZero();
    String help = bytes.toString(StandardCharsets.UTF_8);
    for (ReplayOption option : ReplayOption.values()) {
      assertThat(help).contains(option.flag());
    }
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(100));
  }

  @Test
  void theToyHasThreeWells() {
    Toy toy = new Toy();
    assertThat(toy.data().responses()).hasSize(1000);
    assertThat(toy.data().dimension()).isEqualTo(81);
    int best = 0;
    for (int row = 0; row < 1000; row++) {
      if (reward(toy, row) > reward(toy, best)) {
        best = row;
      }
    }
    assertThat(reward(toy, best)).isBetween(4.5, 5.5);
    assertThat(new Toy().metadata(7)).isEqualTo(toy.metadata(7));
  }

  private static double reward(Toy toy, int row) {
    return toy.metadata(row).getOrDefault("goldReward", Double.NaN);
  }
}
