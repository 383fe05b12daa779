package dev.tiebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.simulation.Truth.GoldRewards;
import dev.tiebreak.simulation.Truth.RecordedChoices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class DataTest {

  @TempDir Path directory;

  private void write(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
  }

  private void embeddings(int rows) throws IOException {
    Files.write(directory.resolve("embeddings.npy"), TestData.npy(rows, 1, new float[rows]));
  }

  @Test
  void putsRewardsTextsAndPromptsOfARowTogether() throws IOException {
    embeddings(2);
    write(
        "responses.ndjson",
        """
        {"row": 1, "prompt_id": "p", "response_id": "b", "gold_reward": -2.5, "model": "unknown"}

        {"row": 0, "prompt_id": "p", "response_id": "a", "gold_reward": 1}
        """);
    write("texts.ndjson", "{\"response\": \"first\"}\n{\"response\": \"second\"}");
    write("prompts.ndjson", "{\"prompt_id\": \"p\", \"prompt\": \"Why?\"}\n");

    DataSet data = DataDirectory.read(directory);

    assertThat(data.responses())
        .containsExactly(
            new Response("p", "a", "Why?", "first"), new Response("p", "b", "Why?", "second"));
    assertThat(((GoldRewards) data.truth()).rewards()).containsExactly(1, -2.5);
    assertThat(data.row("b")).isEqualTo(1);
    assertThat(data.row("c")).isNull();
  }

  @Test
  void readsRecordedChoicesFromTheSmallerRowsSide() throws IOException {
    TestData.helpful(directory, 3);

    DataSet data = DataDirectory.read(directory);

    assertThat(data.dimension()).isEqualTo(2);
    assertThat(((RecordedChoices) data.truth()).choices())
        .containsEntry(new Pair(0, 1), List.of(Preference.LEFT))
        .containsEntry(new Pair(2, 3), List.of(Preference.LEFT))
        .hasSize(3);
  }

  @Test
  void readsSeveralAnnotatorsInTheOrderOfTheirNames() throws IOException {
    TestData.triple(directory, 1);

    RecordedChoices choices = (RecordedChoices) DataDirectory.read(directory).truth();

    assertThat(choices.annotators()).isEqualTo(3);
    assertThat(choices.choices().get(new Pair(0, 1)))
        .containsExactly(Preference.LEFT, Preference.RIGHT, Preference.TIE);
  }

  @Test
  void keepsTheFirstRecordOfAPair() throws IOException {
    embeddings(2);
    write("texts.ndjson", line("a", "") + "\n" + line("b", ""));
    write("pairs.ndjson", pair("b", "left") + "\n" + pair("b", "right"));

    RecordedChoices choices = (RecordedChoices) DataDirectory.read(directory).truth();

    assertThat(choices.choices())
        .containsExactly(Map.entry(new Pair(0, 1), List.of(Preference.LEFT)));
  }

  @Test
  void namesFileAndLineOfWhatIsWrong() throws IOException {
    assertBad("has neither responses.ndjson nor texts.ndjson", "", "");
    assertBad("responses.ndjson, line 1: ", "{\"row\": ", "");
    assertBad("responses.ndjson, line 2: row 1, but", "{\"row\":0}\n{\"row\":1}", "");
    assertBad("has no response with prompt_id", "{\"row\":0,\"prompt_id\":\"p\"}", "");
    assertBad("response a has no finite gold_reward", line("a", ""), "");
    String row = line("a", ",\"gold_reward\":1");
    assertBad("pairs.ndjson, line 1: no response b", row, pair("b", "left"));
    assertBad("pairs.ndjson, line 1: a is compared with itself", row, pair("a", "left"));
  }

  private static String line(String id, String more) {
    return "{\"prompt_id\":\"p\",\"response_id\":\"%s\"%s}".formatted(id, more);
  }

  private static String pair(String right, String label) {
    return "{\"left\":\"a\",\"right\":\"%s\",\"label\":\"%s\"}".formatted(right, label);
  }

  private void assertBad(String message, String responses, String pairs) throws IOException {
    embeddings(1);
    if (!responses.isEmpty()) {
      write("responses.ndjson", responses);
    }
    if (!pairs.isEmpty()) {
      write("pairs.ndjson", pairs);
    }
    assertThatThrownBy(() -> DataDirectory.read(directory))
        .isInstanceOf(SimulationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesALabelThatItDoesNotKnow() throws IOException {
    embeddings(2);
    write("texts.ndjson", line("a", "") + "\n" + line("b", ""));
    write("pairs.ndjson", pair("b", "both"));
    assertThatThrownBy(() -> DataDirectory.read(directory))
        .hasMessageContaining("pairs.ndjson, line 1: label \"both\"");
  }

  @Test
  void generatesTheSameDataFromTheSameSeed() {
    DataSet data = GeneratedData.make(1);
    DataSet again = GeneratedData.make(1);

    assertThat(data.responses()).hasSize(480);
    assertThat(data.promptIds()).hasSize(60);
    for (int row = 0; row < 480; row++) {
      assertThat(again.embedding(row)).containsExactly(data.embedding(row));
    }
    assertThat(GeneratedData.make(2).embedding(0)).isNotEqualTo(data.embedding(0));
  }

  @Test
  void generatesADecayingSpectrumAndRewardsOfAFewLogits() {
    DataSet data = GeneratedData.make(1);
    double first = 0;
    double last = 0;
    double gold = 0;
    for (int row = 0; row < 480; row++) {
      first += Math.pow(data.embedding(row)[0], 2);
      last += Math.pow(data.embedding(row)[31], 2);
      gold += Math.pow(((GoldRewards) data.truth()).rewards()[row], 2);
    }
    assertThat(first / last).isBetween(20.0, 50.0);
    assertThat(Math.sqrt(gold / 480)).isBetween(1.0, 3.0);
  }

  @Test
  void uploadsTheRowsOfTheChosenPromptsAsJsonLines() throws IOException {
    TestData.helpful(directory, 2);
    DataSet data = DataDirectory.read(directory);
    StringBuilder sent = new StringBuilder();

    new Upload(data, Set.of("p1"), JsonMapper.shared()::writeValueAsBytes)
        .forEach(line -> sent.append(new String(line, StandardCharsets.UTF_8)));

    assertThat(sent.toString().lines())
        .containsExactly(
            "{\"promptId\":\"p1\",\"responseId\":\"p1-good\",\"embedding\":\"AACAPwAAgD8=\","
                + "\"response\":\"It is good.\"}",
            "{\"promptId\":\"p1\",\"responseId\":\"p1-bad\",\"embedding\":\"AACAvwAAgD8=\","
                + "\"response\":\"It is bad.\"}");
    assertThat(FakeService.floats("AACAvwAAgD8=")).containsExactly(-1, 1);
  }
}
