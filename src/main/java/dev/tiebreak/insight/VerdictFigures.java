package dev.tiebreak.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the sums over a project's log; within the caller's transaction. */
@Component
class VerdictFigures {

  static final int MOST_ANNOTATORS = 1000;
  private static final int HOURS = 24;

  /** By the time first: a project has more rows than planners think. */
  static final String RECENT =
      """
      select floor(extract(epoch from now() - recorded_at) / 3600)::int as hours_ago, count(*) as verdicts
      from (select project_id, recorded_at, outcome, preference
            from verdict
            where recorded_at > now() - interval '24 hours'
            offset 0) v
      where project_id = :project and outcome in ('COUNTED', 'LATE') and preference <> 'SKIP'
      group by hours_ago
      """;

  private final JdbcClient jdbc;

  VerdictFigures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Standing verdicts alike. */
  private record Group(String outcome, String preference, boolean counted, long verdicts) {}

  ProgressView.Verdicts verdicts(long projectId) {
    Map<String, Long> byOutcome = new TreeMap<>();
    Map<String, Long> byPreference = new TreeMap<>();
    long standing = 0;
    long counted = 0;
    for (Group group : groups(projectId)) {
      byOutcome.merge(group.outcome(), group.verdicts(), Long::sum);
      byPreference.merge(group.preference(), group.verdicts(), Long::sum);
      standing += group.verdicts();
      counted += group.counted() ? group.verdicts() : 0;
    }
    long logged =
        jdbc.sql("select logged from insight_mark where project_id = :project")
            .param("project", projectId)
            .query(Long.class)
            .optional()
            .orElse(0L);
    List<Long> hours = hours(projectId);
    return new ProgressView.Verdicts(
        logged,
        logged - standing,
        counted,
        byOutcome,
        byPreference,
        hours.getLast(),
        hours.stream().mapToLong(Long::longValue).sum(),
        hours);
  }

  private List<Group> groups(long projectId) {
    return jdbc.sql(
            """
            select outcome, preference, counted, sum(verdicts) as verdicts
            from insight_verdict
            where project_id = :project
            group by outcome, preference, counted
            having sum(verdicts) > 0
            """)
        .param("project", projectId)
        .query((row, n) ->
            new Group(
                row.getString("outcome"),
                row.getString("preference"),
                row.getBoolean("counted"),
                row.getLong("verdicts")))
        .list();
  }

  /** Answers in each of the last 24 hours, the hour that ends now last. */
  private List<Long> hours(long projectId) {
    Long[] hours = new Long[HOURS];
    Arrays.fill(hours, 0L);
    jdbc.sql(RECENT)
        .param("project", projectId)
        .query(row -> {
          // what other transactions record meanwhile is of this hour
          int ago = Math.max(0, row.getInt("hours_ago"));
          hours[HOURS - 1 - Math.min(ago, HOURS - 1)] += row.getLong("verdicts");
        });
    return List.of(hours);
  }

  ProgressView.PositionBias positionBias(long projectId) {
    return jdbc.sql(
            """
            select coalesce(sum(verdicts) filter (where preference = 'LEFT'), 0) as "left",
                   coalesce(sum(verdicts) filter (where preference = 'RIGHT'), 0) as "right"
            from insight_verdict
            where project_id = :project and outcome <> 'IMPORTED' and counted
            """)
        .param("project", projectId)
        .query((row, n) -> ProgressView.PositionBias.of(row.getLong("left"), row.getLong("right")))
        .single();
  }

  Agreement agreement(long projectId, long seed) {
    List<JudgedUnits> units =
        jdbc.sql(
                """
                select least, greatest, tie, both_bad, comparisons
                from insight_unit
                where project_id = :project and comparisons > 0 and least + greatest + tie + both_bad > 1
                order by least, greatest, tie, both_bad
                """)
            .param("project", projectId)
            .query((row, n) ->
                new JudgedUnits(
                    new int[] {row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)},
                    row.getLong("comparisons")))
            .list();
    return Agreement.of(units, seed);
  }

  ProgressView.Annotators annotators(long projectId) {
    Map<String, Durations> durations = durations(projectId);
    List<Long> total = new ArrayList<>();
    List<ProgressView.Annotator> items =
        jdbc.sql(
                """
                select v.*, count(*) over () as total, coalesce(a.pairs, 0) as pairs,
                       coalesce(a.agreeing, 0) as agreeing
                from (select annotator, sum(verdicts) as verdicts,
                             coalesce(sum(verdicts) filter (where counted), 0) as counted,
                             coalesce(sum(verdicts) filter (where preference = 'SKIP'), 0) as skipped,
                             coalesce(sum(verdicts) filter (
                               where counted and outcome <> 'IMPORTED' and preference = 'LEFT'), 0) as "left",
                             coalesce(sum(verdicts) filter (
                               where counted and outcome <> 'IMPORTED' and preference = 'RIGHT'), 0) as "right"
                      from insight_verdict
                      where project_id = :project
                      group by annotator
                      having sum(verdicts) > 0) v
                left join insight_agreement a on a.project_id = :project and a.annotator = v.annotator
                order by v.verdicts desc, v.annotator
                limit :most
                """)
            .param("project", projectId)
            .param("most", MOST_ANNOTATORS)
            .query((row, n) -> {
              total.add(row.getLong("total"));
              String annotator = row.getString("annotator");
              long verdicts = row.getLong("verdicts");
              return new ProgressView.Annotator(
                  annotator,
                  verdicts,
                  row.getLong("counted"),
                  row.getLong("skipped"),
                  (double) row.getLong("skipped") / verdicts,
                  ProgressView.PositionBias.of(row.getLong("left"), row.getLong("right")),
                  durations.getOrDefault(annotator, new Durations()).median(),
                  row.getLong("pairs"),
                  Proportion.wilson(row.getLong("agreeing"), row.getLong("pairs")));
            })
            .list();
    return new ProgressView.Annotators(total.isEmpty() ? 0 : total.getFirst(), items);
  }

  private Map<String, Durations> durations(long projectId) {
    Map<String, Durations> durations = new HashMap<>();
    jdbc.sql(
            """
            select annotator, bucket, verdicts
            from insight_duration
            where project_id = :project and verdicts > 0
            """)
        .param("project", projectId)
        .query(row -> {
          durations
              .computeIfAbsent(row.getString("annotator"), annotator -> new Durations())
              .add(row.getInt("bucket"), row.getLong("verdicts"));
        });
    return durations;
  }
}
