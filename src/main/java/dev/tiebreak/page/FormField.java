package dev.tiebreak.page;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A field of a form.
 *
 * @param description in words, which may be none
 * @param choices its only values; none: any
 * @param initial what it is where nothing is said, as text; null: nothing
 * @param many whether it takes a list
 * @param number whether it takes numbers, alone or beside words such as AUTO
 * @param longText whether it takes more than a line
 */
record FormField(
    String name,
    String description,
    List<String> choices,
    @Nullable String initial,
    boolean required,
    boolean many,
    boolean number,
    boolean longText) {

  /** For people: "Batch size" of batchSize. */
  public String label() {
    String words = name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
