package dev.tiebreak.chaos;

import dev.tiebreak.chaos.Journal.Kind;
import dev.tiebreak.chaos.Journal.Line;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The annotators' journals against the log: attempted, acknowledged and found, as multisets of
 * lease and preference.
 */
final class VerdictChecks {

  private final List<Line> journal;
  private final Findings findings;

  VerdictChecks(List<Line> journal, Findings findings) {
    this.journal = journal;
    this.findings = findings;
  }

  private record Logged(long lease, String preference, String annotator, boolean counted) {}

  private record Sent(long lease, String preference) {}

  void check(Connection connection, String project) throws SQLException {
    Map<Long, Logged> log = log(connection, project);
    Map<Sent, Integer> found = new HashMap<>();
    log.values().forEach(v -> found.merge(new Sent(v.lease, v.preference), 1, Integer::sum));
    Map<Sent, Integer> attempted = new HashMap<>();
    Set<Long> acknowledged = new HashSet<>();
    for (Line line : journal) {
      if (line.kind() == Kind.ATTEMPT) {
        attempted.merge(new Sent(line.lease(), line.preference()), 1, Integer::sum);
      } else if (line.kind() == Kind.ACKNOWLEDGED) {
        acknowledged.add(line.verdict());
        compare(line, log.get(line.verdict()));
      }
    }
    found.forEach((sent, times) -> {
      int tried = attempted.getOrDefault(sent, 0);
      if (tried == 0) {
        findings.violated(Check.UNEXPECTED, sent);
      } else if (times > tried) {
        findings.violated(Check.DUPLICATED, sent + " " + times + " times, sent " + tried);
      }
    });
    findings.figure("verdicts attempted", attempted.values().stream().mapToInt(n -> n).sum());
    findings.figure("verdicts acknowledged", acknowledged.size());
    findings.figure("verdicts in the log", log.size());
    findings.figure(
        "verdicts recovered (in the log though never acknowledged)",
        log.keySet().stream().filter(verdict -> !acknowledged.contains(verdict)).count());
  }

  private void compare(Line line, Logged logged) {
    if (logged == null
        || logged.lease != line.lease()
        || !logged.preference.equals(line.preference())
        || !logged.annotator.equals(line.annotator())
        || logged.counted != line.counted()) {
      findings.violated(Check.LOST, line + " in the log: " + logged);
    }
  }

  private static Map<Long, Logged> log(Connection connection, String project) throws SQLException {
    Map<Long, Logged> log = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select v.verdict_id, v.lease, v.preference, v.annotator, v.counted
                from verdict v join project p on p.project_id = v.project_id
                where p.slug = '%s'
                """
                    .formatted(project))) {
      while (row.next()) {
        log.put(
            row.getLong(1),
            new Logged(row.getLong(2), row.getString(3), row.getString(4), row.getBoolean(5)));
      }
    }
    return log;
  }
}
