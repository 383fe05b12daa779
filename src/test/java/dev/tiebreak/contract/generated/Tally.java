package dev.tiebreak.contract.generated;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Counts answers, and keeps an example of each kind of finding. */
final class Tally {

  private static final int MOST_SHOWN = 40;

  private final Map<Rule, List<String>> broken = new EnumMap<>(Rule.class);
  private final Set<String> seen = new HashSet<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private long findings;

  /** A request has broken a rule. */
  void add(Rule rule, String what, Sent sent) {
    findings++;
    if (seen.size() < MOST_SHOWN && seen.add(rule + what + sent.draft().changes)) {
      broken
          .computeIfAbsent(rule, any -> new ArrayList<>())
          .add("\n" + rule + ": " + what + "\n" + sent.text());
    }
  }

  /** A request was answered with this status. */
  void count(int status) {
    statuses.merge(status, 1, Integer::sum);
  }

  /** Examples of what was found, by rule. */
  Map<Rule, List<String>> broken() {
    return broken;
  }

  boolean isBroken(Rule rule) {
    return broken.containsKey(rule);
  }

  long answers() {
    return statuses.values().stream().mapToLong(Integer::longValue).sum();
  }

  String summary(long nanos) {
    long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos));
    return "generated requests=%d findings=%d seconds=%d rate=%d/s statuses=%s"
        .formatted(answers(), findings, seconds, answers() / seconds, statuses);
  }
}
