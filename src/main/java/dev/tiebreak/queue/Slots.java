package dev.tiebreak.queue;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives the slots of comparisons to annotators and takes their answers. Each method is a statement
 * of a transaction.
 */
@Component
class Slots {

  /** To be planned as {@link AnnotatorLocks} says, and not by statistics. */
  static final String PICK =
      """
      with picked as materialized (
        select s.comparison_id, s.slot, s.round, s.position
        from slot s
        where s.project_id = :project and s.state = 'OPEN'
          -- scalar subqueries, as joins would be planned by the statistics of before the round
          and (
            select 1 from slot o
            where o.project_id = s.project_id and o.comparison_id = s.comparison_id
              and (o.annotator = :annotator or o.state = 'OPEN' and o.slot < s.slot)
            limit 1) is null
          and (
            select 1 from verdict v
            where v.project_id = s.project_id and v.comparison_id = s.comparison_id
              and v.annotator = :annotator
            limit 1) is null
        order by s.round desc, s.position, s.comparison_id, s.slot
        limit :most
        for update skip locked)
      select p.comparison_id, p.slot, c.least, c.greatest
      from picked p
      join comparison c on c.project_id = :project and c.comparison_id = p.comparison_id
      order by p.round desc, p.position, p.comparison_id
      """;

  private final JdbcClient jdbc;
  private final SecureRandom random = new SecureRandom();

  Slots(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The annotator's live leases, oldest first. */
  List<LeasedComparison> live(long projectId, String annotator) {
    return jdbc.sql(
            """
            select l.lease, l.token, l.comparison_id, l.left_response, l.right_response, l.leased_at, s.expires_at
            from slot s
            join lease l on l.project_id = s.project_id and l.lease = s.lease
            where s.project_id = :project and s.annotator = :annotator and is_live(s.state, s.expires_at)
            order by s.lease
            """)
        .param("project", projectId)
        .param("annotator", annotator)
        .query(Slots::leased)
        .list();
  }

  private static LeasedComparison leased(ResultSet row, int number) throws SQLException {
    return new LeasedComparison(
        row.getLong("lease"),
        row.getBytes("token"),
        row.getLong("comparison_id"),
        row.getLong("left_response"),
        row.getLong("right_response"),
        instant(row, "leased_at"),
        instant(row, "expires_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /**
   * Leases up to {@code most} open slots to the annotator: the newest round's first, in the order
   * of selection, of each comparison one, none that the annotator has answered or skipped.
   */
  List<LeasedComparison> lease(long projectId, String annotator, int most, int leaseSeconds) {
    List<Picked> picked = pick(projectId, annotator, most);
    int n = picked.size();
    if (n == 0) {
      return List.of();
    }
    Long[] comparisons = new Long[n];
    Integer[] slots = new Integer[n];
    byte[][] tokens = new byte[n][];
    Long[] left = new Long[n];
    Long[] right = new Long[n];
    for (int i = 0; i < n; i++) {
      Picked pick = picked.get(i);
      boolean leastStandsLeft = random.nextBoolean();
      comparisons[i] = pick.comparisonId();
      slots[i] = pick.slot();
      tokens[i] = LeaseName.randomToken(random);
      left[i] = leastStandsLeft ? pick.least() : pick.greatest();
      right[i] = leastStandsLeft ? pick.greatest() : pick.least();
    }
    return jdbc
        .sql(
            """
            with given as (
              insert into lease (project_id, token, comparison_id, slot, annotator, left_response, right_response)
              select :project, g.token, g.comparison_id, g.slot, :annotator, g.left_response, g.right_response
              from unnest(:tokens::bytea[], :comparisons::bigint[], :slots::integer[], :left::bigint[], :right::bigint[])
                with ordinality as g(token, comparison_id, slot, left_response, right_response, place)
              order by g.place
              returning *)
            update slot s
            set state = 'LEASED', annotator = :annotator, lease = g.lease,
                expires_at = g.leased_at + make_interval(secs => :seconds)
            from given g
            where s.project_id = :project and s.comparison_id = g.comparison_id and s.slot = g.slot
            returning g.lease, g.token, g.comparison_id, g.left_response, g.right_response, g.leased_at, s.expires_at
            """)
        .param("project", projectId)
        .param("annotator", annotator)
        .param("tokens", tokens)
        .param("comparisons", comparisons)
        .param("slots", slots)
        .param("left", left)
        .param("right", right)
        .param("seconds", leaseSeconds)
        .query(Slots::leased)
        .list()
        .stream()
        .sorted(java.util.Comparator.comparingLong(LeasedComparison::lease))
        .toList();
  }

  private record Picked(long comparisonId, int slot, long least, long greatest) {}

  private List<Picked> pick(long projectId, String annotator, int most) {
    return jdbc.sql(PICK)
        .param("project", projectId)
        .param("annotator", annotator)
        .param("most", most)
        .query((row, number) ->
            new Picked(
                row.getLong("comparison_id"),
                row.getInt("slot"),
                row.getLong("least"),
                row.getLong("greatest")))
        .list();
  }

  /** Whether the slot was answered under this lease. */
  boolean answered(Lease lease) {
    return jdbc.sql(
            """
            select exists (
              select from slot
              where project_id = :project and comparison_id = :comparison and lease = :lease and state = 'ANSWERED')
            """)
        .param("project", lease.projectId())
        .param("comparison", lease.comparisonId())
        .param("lease", lease.number())
        .query(Boolean.class)
        .single();
  }

  /** Prolongs a live lease; empty where it is not live. */
  Optional<Instant> renew(Lease lease, int leaseSeconds) {
    return jdbc.sql(
            """
            update slot
            set expires_at = greatest(expires_at, clock_timestamp() + make_interval(secs => :seconds))
            where project_id = :project and comparison_id = :comparison and slot = :slot
              and lease = :lease and is_live(state, expires_at)
            returning expires_at
            """)
        .param("project", lease.projectId())
        .param("comparison", lease.comparisonId())
        .param("slot", lease.slot())
        .param("lease", lease.number())
        .param("seconds", leaseSeconds)
        .query((row, number) -> instant(row, "expires_at"))
        .optional();
  }

  /**
   * Answers a slot after the lease has ended, where the comparison still lacks a verdict that
   * nobody else is about to give: one that the annotator holds by a newer lease, else a free one,
   * else a retired one as long as the overlap allows it.
   *
   * <p>The comparison must be locked, so that nobody else leases, answers late, imports or retires.
   *
   * @return whether there was one
   */
  boolean answerLate(Lease lease) {
    return jdbc.sql(
                """
                with held as (
                  select slot, state, annotator,
                         state = 'OPEN' or is_expired(state, expires_at) as free
                  from slot
                  where project_id = :project and comparison_id = :comparison),
                chosen as (
                  select slot from held
                  where not exists (select from held where annotator = :annotator and state = 'ANSWERED')
                    and not exists (
                      select from counted_verdict v
                      where v.project_id = :project and v.comparison_id = :comparison
                        and v.annotator = :annotator)
                    and (state = 'LEASED' and annotator = :annotator
                         or not exists (select from held where annotator = :annotator and state = 'LEASED')
                            and (free
                                 or state = 'RETIRED'
                                    and (select count(*) from held where state <> 'RETIRED')
                                        + (select imported from comparison
                                           where project_id = :project and comparison_id = :comparison)
                                        < (select overlap from project where project_id = :project)))
                  order by state = 'RETIRED', slot
                  limit 1)
                update slot s
                set state = 'ANSWERED', annotator = :annotator, lease = :lease, expires_at = null
                from chosen
                where s.project_id = :project and s.comparison_id = :comparison and s.slot = chosen.slot
                """)
            .param("project", lease.projectId())
            .param("comparison", lease.comparisonId())
            .param("annotator", lease.annotator())
            .param("lease", lease.number())
            .update()
        == 1;
  }

  /**
   * Locks the comparisons of these leases with all their slots until the transaction ends, all of
   * them at once and in one order, so that no two requests wait for each other.
   */
  void lockComparisons(Collection<Lease> leases) {
    Long[] projects = leases.stream().map(Lease::projectId).toArray(Long[]::new);
    Long[] comparisons = leases.stream().map(Lease::comparisonId).toArray(Long[]::new);
    for (String rows :
        List.of(
            "comparison where %s for no key update", "slot where %s order by slot for update")) {
      jdbc.sql(
              """
              select
              from (
                select distinct p, c
                from unnest(:projects::bigint[], :comparisons::bigint[]) as l(p, c)
                order by p, c) l
              cross join lateral (select from %s) r
              """
                  .formatted(rows.formatted("project_id = l.p and comparison_id = l.c")))
          .param("projects", projects)
          .param("comparisons", comparisons)
          .query(row -> {});
    }
  }
}
