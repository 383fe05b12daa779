package dev.tiebreak.chaos;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How long it took until the rate was back, by kind of fault, beside the goals. */
final class Recoveries {

  private Recoveries() {}

  /** A line for each kind. */
  static String report(Collection<Nemesis.Event> events) {
    Map<Fault, List<Nemesis.Event>> byKind = new EnumMap<>(Fault.class);
    events.forEach(event ->
        byKind.computeIfAbsent(event.fault(), kind -> new java.util.ArrayList<>()).add(event));
    StringBuilder text = new StringBuilder();
    byKind.forEach((fault, done) ->
        text.append("  %-22s %4d times%s%n".formatted(fault, done.size(), times(fault, done))));
    return text.toString();
  }

  private static String times(Fault fault, List<Nemesis.Event> done) {
    long[] millis =
        done.stream()
            .mapToLong(Nemesis.Event::recoveryMillis)
            .filter(n -> n != -1)
            .sorted()
            .toArray();
    if (millis.length == 0) {
      return "";
    }
    long never = done.stream().filter(event -> event.recoveryMillis() == -2).count();
    String goal = fault.goalSeconds() == 0 ? "" : ", goal " + fault.goalSeconds() * 1000L;
    return ", rate back after ms: median %d, worst %d%s%s"
        .formatted(
            millis[millis.length / 2],
            millis[millis.length - 1],
            goal,
            never == 0 ? "" : ", " + never + " times not within 40 s");
  }
}
