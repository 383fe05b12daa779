package dev.tiebreak.simulation;

import dev.tiebreak.simulation.Contract.LogEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A journal of acknowledged verdicts against the service's log of one project.
 *
 * @param acknowledged distinct acknowledged verdicts
 * @param logged lines of the log
 * @param lost acknowledged verdicts that the log lacks, or holds otherwise than acknowledged
 * @param duplicated verdicts that the log holds more than once, or that count although the same
 *     annotator's verdict on the same comparison counts already
 */
record JournalCheck(int acknowledged, int logged, List<String> lost, List<String> duplicated) {

  static JournalCheck of(List<Journal.Line> journal, List<LogEntry> log) {
    Map<String, LogEntry> byVerdict = new HashMap<>();
    List<String> duplicated = new ArrayList<>();
    Set<List<String>> counted = new HashSet<>();
    for (LogEntry entry : log) {
      String question = entry.comparison() == null ? entry.verdict() : entry.comparison();
      boolean again = byVerdict.put(entry.verdict(), entry) != null;
      if (again || (entry.counted() && !counted.add(List.of(question, entry.annotator())))) {
        duplicated.add(entry.verdict());
      }
    }
    Map<String, String> leases = new HashMap<>();
    List<String> lost = new ArrayList<>();
    for (Journal.Line line : journal) {
      if (line.verdict() == null) {
        continue;
      }
      String lease = leases.putIfAbsent(line.verdict(), line.lease());
      boolean confused = lease != null && !lease.equals(line.lease());
      if (confused || !holds(byVerdict.get(line.verdict()), line)) {
        lost.add(line.verdict());
      }
    }
    return new JournalCheck(leases.size(), log.size(), lost, duplicated);
  }

  private static boolean holds(@Nullable LogEntry entry, Journal.Line line) {
    return entry != null
        && entry.preference().equals(line.preference().name())
        && entry.annotator().equals(line.annotator());
  }

  boolean clean() {
    return lost.isEmpty() && duplicated.isEmpty();
  }
}
