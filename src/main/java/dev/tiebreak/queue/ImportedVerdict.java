package dev.tiebreak.queue;

import dev.tiebreak.body.JsonObject;
import dev.tiebreak.body.JsonRow;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A judgement made elsewhere, as a row of an import.
 *
 * @param pointer where the row stands in the body
 * @param left response id
 * @param right response id
 */
record ImportedVerdict(
    String pointer,
    String left,
    String right,
    Preference preference,
    String annotator,
    @Nullable Instant judgedAt) {

  private static final Set<String> FIELDS =
      Set.of("left", "right", "preference", "annotator", "judgedAt");

  static ImportedVerdict read(JsonRow given) {
    JsonObject row = JsonObject.row(given, FIELDS);
    ImportedVerdict verdict =
        new ImportedVerdict(
            given.pointer(),
            row.text("left", 1, 200),
            row.text("right", 1, 200),
            row.required("preference", Preference.SKIP),
            row.text("annotator", 1, 200),
            row.optionalInstant("judgedAt"));
    if (!verdict.left.isEmpty() && verdict.left.equals(verdict.right)) {
      row.reject("right", "must be another response than left");
    }
    return verdict;
  }
}
