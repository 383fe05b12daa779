package dev.tiebreak.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonObjectTest {

  private final FieldErrors errors = new FieldErrors();

  private JsonObject read(String json) {
    JsonNode node = new JsonMapper().readTree(json);
    return JsonObject.of(node, "/3", Set.of("x"), errors);
  }

  private List<String> pointers() {
    try {
      errors.throwIfAny();
      return List.of();
    } catch (ProblemException problem) {
      return problem.errors().stream().map(error -> error.pointer()).toList();
    }
  }

  @Test
  void whatIsNullCountsAsOmitted() {
    JsonObject object = read("{\"x\":null}");
    assertThat(object.has("x")).isFalse();
    assertThat(object.integer("x", 5, 0, 9)).isEqualTo(5);
    assertThat(object.optionalText("x", 0, 9)).isNull();
    assertThat(object.autoOrNumber("x", 0, 1)).isNull();
    assertThat(pointers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "-1", "1.0", "1e0", "\"1\"", "true", "[]", "99999999999999999999"})
  void aWholeNumberIsInItsRange(String value) {
    assertThat(read("{\"x\":" + value + "}").integer("x", 5, 0, 9)).isEqualTo(5);
    assertThat(pointers()).containsExactly("/3/x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0.5", "1e-300", "1e31", "\"auto\"", "1e400", "false"})
  void aNumberInItsRangeOrAutoIsNothingElse(String value) {
    assertThat(read("{\"x\":" + value + "}").autoOrNumber("x", 1e-30, 1e30)).isNull();
    assertThat(pointers()).containsExactly("/3/x");
  }

  @Test
  void anInstantMayHaveAnyOffset() {
    assertThat(read("{\"x\":\"2026-01-31T12:00:00+02:00\"}").optionalInstant("x"))
        .isEqualTo(Instant.parse("2026-01-31T10:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31",
        "2026-01-31T12:00:00",
        "now",
        "+12026-01-31T12:00:00Z",
        "-0001-01-01T00:00:00Z"
      })
  void anInstantIsCompleteAndStorable(String text) {
    assertThat(read("{\"x\":\"" + text + "\"}").optionalInstant("x")).isNull();
    assertThat(pointers()).containsExactly("/3/x");
  }

  @Test
  void anUnknownFieldRefusesAtOnce() {
    assertThatThrownBy(() -> read("{\"a/b~\":1}"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(ProblemType.UNKNOWN_FIELD);
              assertThat(problem.errors().getFirst().pointer()).isEqualTo("/3/a~1b~0");
            });
  }

  @Test
  void aNameIsNeverCutInsideACharacter() {
    String shown = JsonObject.escape("x".repeat(99) + "\uD83D\uDE00" + "y");
    assertThat(Texts.wrong(shown, 1, 200)).isNull();
  }
}
