package dev.tiebreak.chaos;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the checks of a run found, and the figures that they counted. */
final class Findings {

  private static final int MOST_EXAMPLES = 5;

  private final Map<Check, Integer> violations = new EnumMap<>(Check.class);
  private final Map<Check, StringBuilder> examples = new EnumMap<>(Check.class);
  private final Map<String, Object> figures = new java.util.TreeMap<>();

  void violated(Check check, Object example) {
    if (violations.merge(check, 1, Integer::sum) <= MOST_EXAMPLES) {
      examples.computeIfAbsent(check, c -> new StringBuilder()).append("\n    ").append(example);
    }
  }

  /** Each of these is a violation. */
  void violated(Check check, List<String> found) {
    found.forEach(example -> violated(check, example));
  }

  void figure(String name, Object value) {
    figures.put(name, value);
  }

  /** Notes how many values there are, their median and the greatest. */
  void figures(String name, List<? extends Number> values) {
    double[] sorted = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
    int n = sorted.length;
    figure(
        name,
        n == 0 ? "none" : "%d, median %.1f, worst %.1f".formatted(n, sorted[n / 2], sorted[n - 1]));
  }

  Object figure(String name) {
    return figures.get(name);
  }

  /** The checks that do not hold. */
  Set<Check> failed() {
    Set<Check> failed = EnumSet.noneOf(Check.class);
    failed.addAll(violations.keySet());
    return failed;
  }

  /** A line for each check and figure. */
  String report() {
    StringBuilder text = new StringBuilder();
    for (Check check : Check.values()) {
      int found = violations.getOrDefault(check, 0);
      text.append(
          "  %-20s %s%s%n"
              .formatted(
                  check,
                  found == 0 ? "held" : found + " violations",
                  examples.getOrDefault(check, new StringBuilder())));
    }
    figures.forEach((name, value) -> text.append("  %s: %s%n".formatted(name, value)));
    return text.toString();
  }
}
