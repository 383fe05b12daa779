package dev.tiebreak.chaos;

import dev.tiebreak.chaos.Journal.Kind;
import dev.tiebreak.chaos.Journal.Line;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The intervals in which slots were held, from the leases that were given and the journals: neither
 * asks the slots' own state.
 */
final class LeaseChecks {

  private static final long CALM_MILLIS = Long.getLong("chaos.reoffer.millis", 5000);

  /** Two who got a slot within this time got it at once; later, the lease was cut short. */
  private static final long AT_ONCE_MILLIS = 1000;

  private final List<Line> journal;
  private final Findings findings;

  LeaseChecks(List<Line> journal, Findings findings) {
    this.journal = journal;
    this.findings = findings;
  }

  /** A lease that was given; the time is the database's, in milliseconds. */
  private record Given(long lease, long comparison, int slot, String annotator, long at) {
    boolean sameSlot(Given other) {
      return comparison == other.comparison && slot == other.slot;
    }
  }

  void check(Connection connection, String project, int leaseSeconds) throws SQLException {
    Set<Long> left = left(connection, project);
    List<Given> leases = leases(connection, project);
    for (int i = 1; i < leases.size(); i++) {
      Given earlier = leases.get(i - 1);
      Given later = leases.get(i);
      if (earlier.sameSlot(later) && !left.contains(earlier.lease)) {
        long gap = later.at - earlier.at;
        if (gap < AT_ONCE_MILLIS) {
          findings.violated(Check.HELD_BY_TWO, earlier + " and " + later);
        } else if (gap < leaseSeconds * 1000L) {
          findings.violated(Check.OFFERED_EARLY, earlier + " and " + later);
        }
      }
    }
    findings.figure("leases", leases.size());
    shownTwice();
  }

  /**
   * Of leases that their annotators let run out while somebody asks all the time: when were they
   * offered again?
   *
   * @param calmSince milliseconds of the database's clock since when nothing is broken
   * @param until when the last one asked
   */
  void checkOfferedAgain(
      Connection connection, String project, int leaseSeconds, long calmSince, long until)
      throws SQLException {
    List<Given> leases = leases(connection, project);
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < leases.size(); i++) {
      Given earlier = leases.get(i);
      long end = earlier.at + leaseSeconds * 1000L;
      boolean again = i + 1 < leases.size() && earlier.sameSlot(leases.get(i + 1));
      long offered = again ? leases.get(i + 1).at : until;
      if (again && offered < end) {
        findings.violated(Check.OFFERED_EARLY, earlier + " by " + (end - offered) + " ms");
      }
      if (offered > calmSince && offered >= end) {
        long delay = offered - Math.max(end, calmSince);
        delays.add(delay);
        if (delay > CALM_MILLIS) {
          findings.violated(Check.OFFERED_LATE, earlier + " after " + delay + " ms");
        }
      }
    }
    findings.figures("dead annotators' leases offered again, ms after their end", delays);
  }

  /** Leases whose annotators left them: given back, or skipped at any time. */
  private Set<Long> left(Connection connection, String project) throws SQLException {
    Set<Long> left = new HashSet<>();
    journal.stream()
        .filter(line -> line.kind() == Kind.GIVE_BACK)
        .forEach(line -> left.add(line.lease()));
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select l.lease
                from lease l join project p on p.project_id = l.project_id
                where p.slug = '%s' and exists (
                  select from verdict v
                  where v.project_id = l.project_id and v.comparison_id = l.comparison_id
                    and v.annotator = l.annotator and v.preference = 'SKIP')
                """
                    .formatted(project))) {
      while (row.next()) {
        left.add(row.getLong(1));
      }
    }
    return left;
  }

  private static List<Given> leases(Connection connection, String project) throws SQLException {
    List<Given> leases = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select l.lease, l.comparison_id, l.slot, l.annotator,
                       (extract(epoch from l.leased_at) * 1000)::bigint
                from lease l join project p on p.project_id = l.project_id
                where p.slug = '%s'
                order by l.comparison_id, l.slot, l.leased_at
                """
                    .formatted(project))) {
      while (row.next()) {
        leases.add(
            new Given(
                row.getLong(1), row.getLong(2), row.getInt(3), row.getString(4), row.getLong(5)));
      }
    }
    return leases;
  }

  private record Seen(long comparison, String annotator) {}

  /** By the journals alone. */
  private void shownTwice() {
    Map<Long, Long> comparisonOf = new HashMap<>();
    Map<Seen, Long> judged = new HashMap<>();
    journal.stream()
        .filter(line -> line.kind() == Kind.SHOWN)
        .forEach(line -> comparisonOf.put(line.lease(), line.comparison()));
    journal.stream()
        .filter(line -> line.kind() == Kind.ACKNOWLEDGED)
        .forEach(line ->
            judged.merge(
                new Seen(comparisonOf.getOrDefault(line.lease(), 0L), line.annotator()),
                line.at(),
                Math::min));
    for (Line line : journal) {
      if (line.kind() == Kind.SHOWN) {
        Long before = judged.get(new Seen(line.comparison(), line.annotator()));
        if (before != null && before < line.at()) {
          findings.violated(Check.SHOWN_TWICE, line);
        }
      }
    }
  }
}
