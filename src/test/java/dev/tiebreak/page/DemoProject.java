package dev.tiebreak.page;

import dev.tiebreak.Http;
import dev.tiebreak.RemoteProject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Projects with texts for people to read. */
final class DemoProject {

  static final String INSTRUCTIONS =
      """
      Choose the answer that helps the person **more**, as if you had asked yourself.

      - *Right before polished*: a wrong answer never wins for its style.
      - *Safe before thorough*: what could hurt somebody is bad, however complete.
      - Of two that are alike, the shorter one is better.

      Unsure? A tie is an answer too. Skip what you cannot judge.
      """;

  private static final int DIMENSION = 4;

  private DemoProject() {}

  /** With answers to everyday questions, after its first round. */
  static RemoteProject create(Http http, String name, Map<String, ?> settings) {
    List<Map<String, Object>> rows = new ArrayList<>();
    int prompt = 0;
    for (JsonNode entry : demo()) {
      for (JsonNode response : entry.path("responses")) {
        rows.add(
            row("p" + prompt, entry.path("prompt").asString(), response.asString(), rows.size()));
      }
      prompt++;
    }
    return create(http, name, settings, rows);
  }

  /** With rows of one's own, after its first round. */
  static RemoteProject create(
      Http http, String name, Map<String, ?> settings, List<Map<String, Object>> rows) {
    Map<String, Object> all =
        new HashMap<>(Map.of("dimension", DIMENSION, "instructions", INSTRUCTIONS));
    all.putAll(settings);
    RemoteProject project = RemoteProject.create(http, name, all);
    project.upload(rows);
    project.refit();
    return project;
  }

  /** A response with a random embedding; null texts are left out. */
  static Map<String, Object> row(
      String promptId, @Nullable String prompt, @Nullable String response, int number) {
    Random random = new Random(number);
    Map<String, Object> row = new HashMap<>();
    row.put("promptId", promptId);
    row.put("responseId", "r" + number);
    row.put("embedding", random.doubles(DIMENSION, -1, 1).boxed().toList());
    if (prompt != null) {
      row.put("prompt", prompt);
    }
    if (response != null) {
      row.put("response", response);
    }
    return row;
  }

  private static JsonNode demo() {
    try (InputStream demo =
        Objects.requireNonNull(DemoProject.class.getResourceAsStream("/page/demo.json"))) {
      return new JsonMapper().readTree(demo);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
