package dev.tiebreak.queue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * The comparisons of a project, as rounds read and publish them. Every method is a statement or two
 * of the round's own transaction.
 */
@Service
public class Comparisons {

  /** Held by whoever adds comparisons, be it a round or an import, until their transaction ends. */
  static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('comparisons', :project))";

  /** A lease given meanwhile is not held up until the round is published. */
  private static final String NOT_LEASED =
      """
      and comparison_id not in (
        select o.comparison_id
        from slot o
        where o.project_id = :project and is_live(o.state, o.expires_at))\
      """;

  private final JdbcClient jdbc;

  Comparisons(@Qualifier("roundJdbcClient") JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A counted verdict.
   *
   * @param least ordinal of the response uploaded earlier
   * @param y 1 where the least was preferred, ½ for a tie or both bad, 0 where the greatest was
   */
  public record Judged(long comparison, long least, long greatest, double y, String annotator) {}

  /** The counted verdicts that are visible in a snapshot, in the log's order. */
  public List<Judged> judged(long projectId, String snapshot) {
    return jdbc.sql(
            """
            select v.comparison_id, least(v.left_response, v.right_response) as least,
                   greatest(v.left_response, v.right_response) as greatest,
                   v.left_response < v.right_response as least_stood_left, v.preference, v.annotator
            from verdict v
            where v.project_id = :project and v.counted
              and pg_visible_in_snapshot(v.transaction_id, :snapshot::pg_snapshot)
              and not exists (
                select from verdict r
                where r.project_id = v.project_id and r.replaces = v.verdict_id
                  and pg_visible_in_snapshot(r.transaction_id, :snapshot::pg_snapshot))
            order by v.verdict_id
            """)
        .param("project", projectId)
        .param("snapshot", snapshot)
        .query((row, number) ->
            new Judged(
                row.getLong("comparison_id"),
                row.getLong("least"),
                row.getLong("greatest"),
                Preference.valueOf(row.getString("preference"))
                    .target(row.getBoolean("least_stood_left")),
                row.getString("annotator")))
        .list();
  }

  /**
   * A comparison that was selected or judged before.
   *
   * @param owed verdicts that are still to come on it: its open and leased slots
   * @param idle open with neither lease nor verdict: the next round retires it, so it is a
   *     candidate
   * @param answers counted verdicts, imported ones included
   * @param unseen counted verdicts that the snapshot does not show: the fit does not know them
   */
  public record Known(
      long comparison,
      long least,
      long greatest,
      int owed,
      boolean idle,
      int answers,
      int unseen) {}

  /** All comparisons that were ever selected or judged. */
  public List<Known> known(long projectId, String snapshot) {
    return jdbc.sql(
            """
            select c.comparison_id, c.least, c.greatest, c.imported,
                   coalesce(s.open, 0) as open, coalesce(s.leased, 0) as leased,
                   coalesce(s.answered, 0) as answered, coalesce(u.unseen, 0) as unseen
            from comparison c
            left join (
              select comparison_id,
                     count(*) filter (where state = 'OPEN'
                                         or is_expired(state, expires_at)) as open,
                     count(*) filter (where is_live(state, expires_at)) as leased,
                     count(*) filter (where state = 'ANSWERED') as answered
              from slot
              where project_id = :project
              group by comparison_id) s on s.comparison_id = c.comparison_id
            left join (
              select comparison_id, count(*) as unseen
              from counted_verdict
              where project_id = :project
                and transaction_id >= pg_snapshot_xmin(:snapshot::pg_snapshot)
                and not pg_visible_in_snapshot(transaction_id, :snapshot::pg_snapshot)
              group by comparison_id) u on u.comparison_id = c.comparison_id
            where c.project_id = :project
            order by c.comparison_id
            """)
        .param("project", projectId)
        .param("snapshot", snapshot)
        .query((row, number) -> {
          int open = row.getInt("open");
          int leased = row.getInt("leased");
          int answers = row.getInt("answered") + row.getInt("imported");
          return new Known(
              row.getLong("comparison_id"),
              row.getLong("least"),
              row.getLong("greatest"),
              open + leased,
              open > 0 && leased == 0 && answers == 0,
              answers,
              row.getInt("unseen"));
        })
        .list();
  }

  /**
   * Withdraws those of these comparisons that are still open with neither lease nor verdict. One
   * that somebody is at work on is left as it is.
   */
  private void retire(long projectId, List<Long> comparisons) {
    Long[] ids = untouched(projectId, comparisons, NOT_LEASED);
    jdbc.sql(
            """
            with idle as materialized (
              select p.id, r.slot
              from unnest(:ids::bigint[]) as p(id)
              cross join lateral (
                select slot
                from slot
                where project_id = :project and comparison_id = p.id
                  and (state = 'OPEN' or is_expired(state, expires_at))
                offset 0) r
              where (select imported from comparison where project_id = :project and comparison_id = p.id) = 0
                and (
                  select 1
                  from slot
                  where project_id = :project and comparison_id = p.id
                    and (state = 'ANSWERED' or is_live(state, expires_at))
                  limit 1) is null)
            update slot s
            set state = 'RETIRED', annotator = null, lease = null, expires_at = null
            from idle i
            where s.project_id = :project and s.comparison_id = i.id and s.slot = i.slot
            """)
        .param("project", projectId)
        .param("ids", ids)
        .update();
  }

  /**
   * The numbers of these pairs' comparisons, in the same order; a pair that has none gets one.
   *
   * @param least ordinals, k
   * @param greatest ordinals, k
   */
  public List<Long> register(long projectId, Long[] least, Long[] greatest) {
    lock(projectId);
    jdbc.sql(
            """
            insert into comparison (project_id, least, greatest)
            select :project, l, g
            from unnest(:least::bigint[], :greatest::bigint[]) with ordinality as p(l, g, place)
            order by place
            on conflict (project_id, least, greatest) do nothing
            """)
        .param("project", projectId)
        .param("least", least)
        .param("greatest", greatest)
        .update();
    return numbers(projectId, least, greatest);
  }

  /**
   * Retires what was idle and opens what was selected, in its order, as far as its overlap still
   * lacks verdicts. What somebody is at work on, be it by a late verdict, is left to the next
   * round.
   *
   * <p>What is idle is locked last, as it is withheld from annotators until the transaction ends.
   *
   * @param idle comparisons that were open with neither lease nor verdict when the round began
   * @param selected comparisons, some of which may be idle
   */
  public void replace(long projectId, long round, Set<Long> idle, List<Long> selected) {
    int overlap = overlap(projectId);
    open(projectId, round, overlap, selected, id -> !idle.contains(id));
    retire(projectId, List.copyOf(idle));
    open(projectId, round, overlap, selected, idle::contains);
  }

  private void open(
      long projectId, long round, int overlap, List<Long> selected, Predicate<Long> chosen) {
    Long[] ids = untouched(projectId, selected.stream().filter(chosen).toList());
    Map<Long, Integer> positions = new HashMap<>();
    selected.forEach(id -> positions.put(id, positions.size() + 1));
    Integer[] places = Arrays.stream(ids).map(positions::get).toArray(Integer[]::new);
    reopen(projectId, round, overlap, ids, places);
    fill(projectId, round, overlap, ids, places);
  }

  /** As it is now: it may have changed since the round began. */
  private int overlap(long projectId) {
    return jdbc.sql("select overlap from project where project_id = :project")
        .param("project", projectId)
        .query(Integer.class)
        .single();
  }

  private void lock(long projectId) {
    jdbc.sql(LOCK).param("project", projectId).query(rows -> {});
  }

  /**
   * Locks the slots of those comparisons of which nobody else has locked one, without waiting: a
   * round never waits for a request, so they cannot wait for each other.
   *
   * @return those comparisons, in the order given
   */
  private Long[] untouched(long projectId, List<Long> comparisons) {
    return untouched(projectId, comparisons, "");
  }

  /**
   * The same for those that meet a condition, which is asked first: what does not is not locked.
   *
   * @param condition on slot s, beginning with {@code and}
   */
  private Long[] untouched(long projectId, List<Long> comparisons, String condition) {
    Map<Long, Integer> unlocked = new HashMap<>();
    countSlots(
        projectId,
        comparisons,
        condition,
        "for update skip locked",
        id -> unlocked.merge(id, -1, Integer::sum));
    countSlots(projectId, comparisons, "", "", id -> unlocked.merge(id, 1, Integer::sum));
    return comparisons.stream()
        .filter(id -> unlocked.getOrDefault(id, 0) == 0)
        .toArray(Long[]::new);
  }

  private void countSlots(
      long projectId,
      List<Long> comparisons,
      String condition,
      String locking,
      LongConsumer comparison) {
    jdbc.sql(
            """
            select comparison_id
            from slot s
            where project_id = :project and comparison_id = any(:ids)
              %s
            order by comparison_id, slot
            %s
            """
                .formatted(condition, locking))
        .param("project", projectId)
        .param("ids", comparisons.toArray(Long[]::new))
        .query(row -> {
          comparison.accept(row.getLong(1));
        });
  }

  private List<Long> numbers(long projectId, Long[] least, Long[] greatest) {
    return jdbc.sql(
            """
            select (select comparison_id from comparison
                    where project_id = :project and least = p.l and greatest = p.g)
            from unnest(:least::bigint[], :greatest::bigint[]) with ordinality as p(l, g, place)
            order by place
            """)
        .param("project", projectId)
        .param("least", least)
        .param("greatest", greatest)
        .query((row, n) -> row.getLong(1))
        .list();
  }

  /**
   * Retired slots first: they are open again where verdicts are lacking. Each comparison is looked
   * up by itself: a join would be planned by the statistics of before the last round.
   */
  private void reopen(long projectId, long round, int overlap, Long[] selected, Integer[] places) {
    jdbc.sql(
            """
            with again as materialized (
              select p.id, p.place, r.slot
              from unnest(:selected::bigint[], :places::integer[]) as p(id, place)
              cross join lateral (
                select slot
                from slot
                where project_id = :project and comparison_id = p.id and state = 'RETIRED'
                order by slot
                limit greatest(0, :overlap
                  - (select count(*) from slot
                     where project_id = :project and comparison_id = p.id and state <> 'RETIRED')
                  - (select imported from comparison where project_id = :project and comparison_id = p.id))) r)
            update slot s
            set state = 'OPEN', round = :round, position = a.place
            from again a
            where s.project_id = :project and s.comparison_id = a.id and s.slot = a.slot and s.state = 'RETIRED'
            """)
        .param("project", projectId)
        .param("round", round)
        .param("overlap", overlap)
        .param("selected", selected)
        .param("places", places)
        .update();
  }

  private void fill(long projectId, long round, int overlap, Long[] selected, Integer[] places) {
    jdbc.sql(
            """
            insert into slot (project_id, comparison_id, slot, state, round, position)
            select :project, p.id,
                   coalesce((select max(slot) from slot where project_id = :project and comparison_id = p.id), 0) + n,
                   'OPEN', :round, p.place
            from unnest(:selected::bigint[], :places::integer[]) as p(id, place)
            cross join lateral generate_series(1, :overlap
              - (select count(*) from slot
                 where project_id = :project and comparison_id = p.id and state <> 'RETIRED')
              - (select imported from comparison where project_id = :project and comparison_id = p.id)) as n
            """)
        .param("project", projectId)
        .param("round", round)
        .param("overlap", overlap)
        .param("selected", selected)
        .param("places", places)
        .update();
  }
}
