package dev.tiebreak.queue;

import dev.tiebreak.body.FieldErrors;
import dev.tiebreak.candidate.Responses;
import dev.tiebreak.project.Project;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes judgements made elsewhere, all or none. They take no slot; what is still open of their
 * comparisons beyond the overlap is withdrawn.
 */
@Service
class VerdictImport {

  /** As the stored pair sees it, so that swapped sides are recognised as the same judgement. */
  private static final String ORIENTED =
      """
      case when %1$s.left_response < %1$s.right_response then %1$s.preference
           else case %1$s.preference when 'LEFT' then 'RIGHT' when 'RIGHT' then 'LEFT' else %1$s.preference end
      end
      """;

  private final JdbcClient jdbc;
  private final Responses responses;
  private final ReturnedSlots returnedSlots;
  private final ExcessSlots excessSlots;
  private final QueueMetrics metrics;

  VerdictImport(
      JdbcClient jdbc,
      Responses responses,
      ReturnedSlots returnedSlots,
      ExcessSlots excessSlots,
      QueueMetrics metrics) {
    this.jdbc = jdbc;
    this.responses = responses;
    this.returnedSlots = returnedSlots;
    this.excessSlots = excessSlots;
    this.metrics = metrics;
  }

  /**
   * What became of an import.
   *
   * @param received rows
   * @param counted rows that were added and count
   * @param unchanged rows that were stored already
   */
  record Result(long received, long counted, long unchanged) {}

  @Transactional
  Result add(Project project, List<ImportedVerdict> rows) {
    if (rows.isEmpty()) {
      return new Result(0, 0, 0);
    }
    long projectId = project.projectId();
    stage(projectId, rows);
    lock(projectId);
    openComparisons(projectId);
    refuseContradictions(projectId, rows);
    long added = append(projectId);
    long counted = countImported(projectId);
    returnedSlots.releaseImported(projectId);
    excessSlots.retire(projectId, project.settings().overlap(), comparisons());
    metrics.verdicts(Outcome.IMPORTED, added);
    return new Result(rows.size(), counted, rows.size() - added);
  }

  private void stage(long projectId, List<ImportedVerdict> rows) {
    Map<String, Long> ordinals = ordinals(projectId, rows);
    int n = rows.size();
    @Nullable Long[] left = new @Nullable Long[n];
    @Nullable Long[] right = new @Nullable Long[n];
    String[] preference = new String[n];
    String[] annotator = new String[n];
    // as text: an array of timestamps would go by the clock of this machine
    @Nullable String[] judgedAt = new @Nullable String[n];
    for (int i = 0; i < n; i++) {
      ImportedVerdict row = rows.get(i);
      left[i] = Objects.requireNonNull(ordinals.get(row.left()));
      right[i] = Objects.requireNonNull(ordinals.get(row.right()));
      preference[i] = row.preference().name();
      annotator[i] = row.annotator();
      judgedAt[i] = row.judgedAt() == null ? null : row.judgedAt().toString();
    }
    jdbc.sql(
            """
            create temporary table import_row (
              place integer primary key, least bigint, greatest bigint, left_response bigint,
              right_response bigint, preference text, annotator text, judged_at timestamptz,
              comparison_id bigint, chosen boolean not null default false) on commit drop
            """)
        .update();
    jdbc.sql(
            """
            insert into import_row
            select place - 1, least(l, r), greatest(l, r), l, r, preference, annotator, judged_at::timestamptz
            from unnest(:left::bigint[], :right::bigint[], :preference::text[], :annotator::text[], :judged::text[])
              with ordinality as i(l, r, preference, annotator, judged_at, place)
            """)
        .param("left", left)
        .param("right", right)
        .param("preference", preference)
        .param("annotator", annotator)
        .param("judged", judgedAt)
        .update();
  }

  private Map<String, Long> ordinals(long projectId, List<ImportedVerdict> rows) {
    Set<String> named = new LinkedHashSet<>();
    rows.forEach(row -> named.addAll(List.of(row.left(), row.right())));
    Map<String, Long> ordinals = responses.ordinals(projectId, named);
    FieldErrors errors = new FieldErrors();
    for (ImportedVerdict row : rows) {
      if (!ordinals.containsKey(row.left())) {
        errors.add(row.pointer() + "/left", "is not a stored response");
      }
      if (!ordinals.containsKey(row.right())) {
        errors.add(row.pointer() + "/right", "is not a stored response");
      }
    }
    errors.throwIfAny();
    return ordinals;
  }

  /**
   * One import of a project at a time, as two could each miss the other's contradictions; nor does
   * a round publish meanwhile, as it could open what this answers. See {@link Comparisons}.
   */
  private void lock(long projectId) {
    jdbc.sql(Comparisons.LOCK).param("project", projectId).query(rows -> {});
  }

  private void openComparisons(long projectId) {
    jdbc.sql(
            """
            insert into comparison (project_id, least, greatest)
            select :project, least, greatest
            from (select distinct least, greatest from import_row) i
            order by least, greatest
            on conflict (project_id, least, greatest) do nothing
            """)
        .param("project", projectId)
        .update();
    jdbc.sql(
            """
            update import_row i
            set comparison_id = c.comparison_id
            from comparison c
            where c.project_id = :project and c.least = i.least and c.greatest = i.greatest
            """)
        .param("project", projectId)
        .update();
    jdbc.sql(
            """
            select from comparison
            where project_id = :project and comparison_id in (select comparison_id from import_row)
            order by comparison_id
            for no key update
            """)
        .param("project", projectId)
        .query(rows -> {});
  }

  private void refuseContradictions(long projectId, List<ImportedVerdict> rows) {
    FieldErrors errors = new FieldErrors();
    jdbc.sql(
            """
            with judged as (
              select i.place, i.comparison_id, i.annotator, %s as preference from import_row i),
            earlier as (
              select place, preference,
                     first_value(preference) over same as first, min(place) over same as first_place
              from judged
              window same as (partition by comparison_id, annotator order by place))
            select e.place, e.first_place
            from earlier e
            where e.preference <> e.first
            union all
            select j.place, null
            from judged j
            join verdict v on v.project_id = :project and v.comparison_id = j.comparison_id
              and v.annotator = j.annotator and %s <> j.preference
            where not exists (
              select from verdict r
              where r.project_id = v.project_id and r.replaces = v.verdict_id offset 0)
            order by 1
            limit 100
            """
                .formatted(ORIENTED.formatted("i"), ORIENTED.formatted("v")))
        .param("project", projectId)
        .query(row -> {
          String pointer = rows.get(row.getInt("place")).pointer() + "/preference";
          Integer first = row.getObject("first_place", Integer.class);
          errors.add(
              pointer,
              first == null
                  ? "differs from this annotator's stored verdict on the pair"
                  : "differs from this annotator's judgement in row " + (first + 1));
        });
    errors.throwIfAny();
  }

  private long append(long projectId) {
    jdbc.sql(
            """
            update import_row i
            set chosen = true
            where not exists (
                select from import_row e
                where e.comparison_id = i.comparison_id and e.annotator = i.annotator and e.place < i.place)
              and not exists (
                select from verdict v
                where v.project_id = :project and v.comparison_id = i.comparison_id
                  and v.annotator = i.annotator offset 0)
            """)
        .param("project", projectId)
        .update();
    return jdbc.sql(
            """
            insert into verdict (project_id, comparison_id, left_response, right_response, preference,
              annotator, outcome, counted, judged_at)
            select :project, comparison_id, left_response, right_response, preference,
              annotator, 'IMPORTED', preference <> 'SKIP', judged_at
            from import_row
            where chosen
            order by place
            """)
        .param("project", projectId)
        .update();
  }

  private Long[] comparisons() {
    return jdbc.sql("select distinct comparison_id from import_row")
        .query(Long.class)
        .list()
        .toArray(Long[]::new);
  }

  private long countImported(long projectId) {
    jdbc.sql(
            """
            update comparison c
            set imported = c.imported + i.counted
            from (select comparison_id, count(*) as counted
                  from import_row
                  where chosen and preference <> 'SKIP'
                  group by comparison_id) i
            where c.project_id = :project and c.comparison_id = i.comparison_id
            """)
        .param("project", projectId)
        .update();
    return jdbc.sql("select count(*) from import_row where chosen and preference <> 'SKIP'")
        .query(Long.class)
        .single();
  }
}
