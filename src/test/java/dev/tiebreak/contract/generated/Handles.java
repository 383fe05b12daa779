package dev.tiebreak.contract.generated;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What exists, what has ceased to, and what belongs to another project, by the names of the
 * parameters and properties that take it.
 */
final class Handles {

  /** Of all projects that are made. */
  static final int DIMENSION = 3;

  private final Map<String, List<String>> good = new LinkedHashMap<>();
  private final Map<String, List<String>> bad = new LinkedHashMap<>();

  /** What exists. */
  Handles add(String name, String value) {
    good.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    return this;
  }

  /** What has ceased to exist, or is of another project, or was never there. */
  Handles addBad(String name, String value) {
    bad.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    return this;
  }

  /** One of this name, a bad one in four; null where none is known. */
  @Nullable String text(String name, Draws draws) {
    String key = key(name);
    List<String> chosen = draws.oneIn(4) && bad.containsKey(key) ? bad.get(key) : good.get(key);
    return chosen == null ? null : draws.of(chosen);
  }

  /** The same as a number. */
  @Nullable Long number(String name, Draws draws) {
    String text = good.containsKey(key(name)) ? text(name, draws) : null;
    return text == null ? null : Long.valueOf(text);
  }

  private static String key(String name) {
    return switch (name) {
      case "left", "right" -> "responseId";
      default -> name;
    };
  }
}
