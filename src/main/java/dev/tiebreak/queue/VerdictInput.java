package dev.tiebreak.queue;

import dev.tiebreak.body.FieldErrors;
import dev.tiebreak.body.JsonObject;
import dev.tiebreak.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A verdict as an annotator's tool sends it. */
record VerdictInput(
    String lease,
    Preference preference,
    @Nullable Double confidence,
    @Nullable Long durationMs,
    @Nullable String comment,
    @Nullable String annotator) {

  static final int MOST_AT_ONCE = 1000;

  private static final Set<String> FIELDS =
      Set.of("lease", "preference", "confidence", "durationMs", "comment", "annotator");

  /** Reads one verdict, or an array of them. One that is malformed refuses them all. */
  static List<VerdictInput> readAll(JsonNode body) {
    FieldErrors errors = new FieldErrors();
    List<VerdictInput> verdicts = new ArrayList<>();
    if (!body.isArray()) {
      verdicts.add(read(body, "", errors));
    } else if (body.isEmpty() || body.size() > MOST_AT_ONCE) {
      throw ProblemException.invalid("", "must have 1 to " + MOST_AT_ONCE + " verdicts");
    } else {
      for (int i = 0; i < body.size(); i++) {
        verdicts.add(read(body.get(i), "/" + i, errors));
      }
    }
    errors.throwIfAny();
    return verdicts;
  }

  private static VerdictInput read(JsonNode node, String pointer, FieldErrors errors) {
    JsonObject object = JsonObject.of(node, pointer, FIELDS, errors);
    return new VerdictInput(
        object.text("lease", 1, 200),
        object.required("preference", Preference.SKIP),
        object.optionalNumber("confidence", 0, 1),
        object.optionalInteger("durationMs", 0, Long.MAX_VALUE),
        object.optionalText("comment", 0, 20_000),
        object.optionalText("annotator", 1, 200));
  }
}
