package dev.tiebreak.simulation;

import dev.tiebreak.simulation.Truth.GoldRewards;
import dev.tiebreak.simulation.Truth.RecordedChoices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a data set from a directory.
 *
 * <ul>
 *   <li>{@code embeddings.npy}: float16, float32 or float64, C order, shape [n, d].
 *   <li>{@code responses.ndjson} and/or {@code texts.ndjson}: a line a response with {@code
 *       response_id}, {@code prompt_id} and {@code row} (its row of the embeddings; without it the
 *       line's place). What the two say of one row is put together: {@code gold_reward} in logits,
 *       {@code prompt}, {@code response} (both texts, optional).
 *   <li>{@code prompts.ndjson} (optional): {@code prompt_id}, {@code prompt}.
 *   <li>{@code pairs.ndjson} (where there are recorded choices): {@code left}, {@code right}
 *       (response ids) and either {@code label} or {@code labels}, an object of one label for each
 *       annotator, taken in the order of their names; a label is {@code left}, {@code right},
 *       {@code tie}, {@code both_bad} or {@code skip}. A pair recorded again keeps its first
 *       record.
 * </ul>
 *
 * With {@code pairs.ndjson} annotators answer what was recorded, without it they answer from {@code
 * gold_reward}.
 */
final class DataDirectory {

  /** A line of responses.ndjson or texts.ndjson. */
  private record ResponseLine(
      @Nullable Integer row,
      @Nullable String promptId,
      @Nullable String responseId,
      @Nullable Double goldReward,
      @Nullable String prompt,
      @Nullable String response) {

    ResponseLine with(ResponseLine more) {
      if (responseId != null
          && more.responseId != null
          && !Objects.equals(responseId, more.responseId)) {
        throw new SimulationException(
            "row %d is %s here, %s elsewhere".formatted(more.row, more.responseId, responseId));
      }
      return new ResponseLine(
          row,
          promptId != null ? promptId : more.promptId,
          responseId != null ? responseId : more.responseId,
          goldReward != null ? goldReward : more.goldReward,
          prompt != null ? prompt : more.prompt,
          response != null ? response : more.response);
    }
  }

  private record PromptLine(@Nullable String promptId, @Nullable String prompt) {}

  private record PairLine(
      @Nullable String left,
      @Nullable String right,
      @Nullable String label,
      @Nullable TreeMap<String, String> labels) {}

  private final Path directory;
  private final String name;

  private DataDirectory(Path directory) {
    this.directory = directory;
    Path last = directory.toAbsolutePath().normalize().getFileName();
    this.name = last == null ? "data" : last.toString();
  }

  static DataSet read(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new SimulationException(directory + " is not a directory");
    }
    return new DataDirectory(directory).read();
  }

  private DataSet read() {
    float[][] embeddings = NpyFile.read(directory.resolve("embeddings.npy"));
    ResponseLine[] lines = responseLines(embeddings.length);
    List<Response> responses = responses(lines, prompts());
    Path pairs = directory.resolve("pairs.ndjson");
    Truth truth =
        Files.exists(pairs) ? choices(pairs, responses) : new GoldRewards(goldRewards(lines));
    return new DataSet(name, responses, embeddings, truth);
  }

  private ResponseLine[] responseLines(int rows) {
    ResponseLine[] lines = new ResponseLine[rows];
    Path responses = directory.resolve("responses.ndjson");
    Path texts = directory.resolve("texts.ndjson");
    if (!Files.exists(responses) && !Files.exists(texts)) {
      throw new SimulationException(directory + " has neither responses.ndjson nor texts.ndjson");
    }
    for (Path file : List.of(responses, texts)) {
      if (Files.exists(file)) {
        NdjsonFile.read(file, ResponseLine.class, (number, line) -> place(line, number, lines));
      }
    }
    return lines;
  }

  private static void place(ResponseLine line, int number, ResponseLine[] lines) {
    int row = line.row() != null ? line.row() : number;
    if (row < 0 || row >= lines.length) {
      throw new SimulationException(
          "row %d, but embeddings.npy has the rows 0 to %d".formatted(row, lines.length - 1));
    }
    @Nullable ResponseLine known = lines[row];
    lines[row] = known == null ? line : known.with(line);
  }

  private Map<String, String> prompts() {
    Map<String, String> prompts = new HashMap<>();
    Path file = directory.resolve("prompts.ndjson");
    if (Files.exists(file)) {
      NdjsonFile.read(
          file,
          PromptLine.class,
          (number, line) -> {
            if (line.promptId() != null && line.prompt() != null) {
              prompts.put(line.promptId(), line.prompt());
            }
          });
    }
    return prompts;
  }

  private List<Response> responses(ResponseLine[] lines, Map<String, String> prompts) {
    List<Response> responses = new ArrayList<>();
    for (int row = 0; row < lines.length; row++) {
      @Nullable ResponseLine line = lines[row];
      if (line == null || line.promptId() == null || line.responseId() == null) {
        throw new SimulationException(
            "%s: row %d of embeddings.npy has no response with prompt_id and response_id"
                .formatted(directory, row));
      }
      @Nullable String prompt =
          line.prompt() != null ? line.prompt() : prompts.get(line.promptId());
      responses.add(new Response(line.promptId(), line.responseId(), prompt, line.response()));
    }
    return responses;
  }

  private double[] goldRewards(ResponseLine[] lines) {
    return Arrays.stream(lines).mapToDouble(this::goldReward).toArray();
  }

  private double goldReward(ResponseLine line) {
    if (line.goldReward() == null || !Double.isFinite(line.goldReward())) {
      throw new SimulationException(
          "%s: response %s has no finite gold_reward, and there is no pairs.ndjson"
              .formatted(directory, line.responseId()));
    }
    return line.goldReward();
  }

  private static Truth choices(Path file, List<Response> responses) {
    Map<String, Integer> rows = new HashMap<>();
    for (int row = 0; row < responses.size(); row++) {
      rows.put(responses.get(row).responseId(), row);
    }
    Map<Pair, List<Preference>> choices = new LinkedHashMap<>();
    NdjsonFile.read(
        file,
        PairLine.class,
        (number, line) -> {
          int left = row(rows, line.left());
          int right = row(rows, line.right());
          if (left == right) {
            throw new SimulationException(line.left() + " is compared with itself");
          }
          Pair pair = Pair.of(left, right);
          List<Preference> seen = labels(line).stream().map(DataDirectory::preference).toList();
          choices.putIfAbsent(
              pair, left == pair.least() ? seen : seen.stream().map(Preference::mirrored).toList());
        });
    return new RecordedChoices(choices);
  }

  private static int row(Map<String, Integer> rows, @Nullable String responseId) {
    @Nullable Integer row = responseId == null ? null : rows.get(responseId);
    if (row == null) {
      throw new SimulationException("no response " + responseId);
    }
    return row;
  }

  private static List<String> labels(PairLine line) {
    if (line.labels() != null) {
      return List.copyOf(line.labels().values());
    }
    if (line.label() == null) {
      throw new SimulationException("neither label nor labels");
    }
    return List.of(line.label());
  }

  private static Preference preference(String label) {
    try {
      return Preference.parse(label);
    } catch (IllegalArgumentException e) {
      throw new SimulationException(
          "label \"%s\"; left, right, tie, both_bad and skip are known".formatted(label), e);
    }
  }
}
