package dev.tiebreak.insight;

/**
 * The statement that adds what is fresh to all sums at once. Its parameters are {@code project},
 * and the snapshots {@code before} (null the first time) and {@code now}.
 */
final class TallyStatement {

  private static final String FRESH =
      """
      with fresh as materialized (
        select comparison_id
        from verdict
        where project_id = :project
          and transaction_id >= coalesce(pg_snapshot_xmin(:before::pg_snapshot), '0'::xid8)
          and (:before::pg_snapshot is null
               or not pg_visible_in_snapshot(transaction_id, :before::pg_snapshot))
          and pg_visible_in_snapshot(transaction_id, :now::pg_snapshot))
      """;

  /** The verdicts that stand on comparisons with fresh ones: now, and with −1 those before. */
  private static final String STANDING =
      """
      , standing as materialized (
        select moment.sign, v.comparison_id, v.lease, v.annotator, v.outcome, v.preference,
               v.counted, v.duration_ms,
               case v.preference
                 when 'LEFT' then case when v.left_response < v.right_response then 0 else 1 end
                 when 'RIGHT' then case when v.left_response < v.right_response then 1 else 0 end
                 when 'TIE' then 2
                 when 'BOTH_BAD' then 3
               end as category
        from (values (1, :now::pg_snapshot), (-1, :before::pg_snapshot)) as moment(sign, snapshot)
        cross join (select distinct comparison_id from fresh) t
        join verdict v on v.project_id = :project and v.comparison_id = t.comparison_id
        where pg_visible_in_snapshot(v.transaction_id, moment.snapshot)
          and not exists (
            select from verdict r
            where r.project_id = v.project_id and r.replaces = v.verdict_id
              and pg_visible_in_snapshot(r.transaction_id, moment.snapshot)
            -- apart, by its index, whatever the planner believes of the project
            offset 0))
      """;

  private static final String BY_ANNOTATOR =
      """
      , by_annotator as (
        insert into insight_verdict (project_id, annotator, outcome, preference, counted, verdicts)
        select :project, annotator, outcome, preference, counted, sum(sign)
        from standing
        group by annotator, outcome, preference, counted
        having sum(sign) <> 0
        on conflict (project_id, annotator, outcome, preference, counted) do update
        set verdicts = insight_verdict.verdicts + excluded.verdicts)
      """;

  private static final String DURATIONS =
      """
      , durations as (
        insert into insight_duration (project_id, annotator, bucket, verdicts)
        select :project, annotator, bucket, sum(sign)
        from (select sign, annotator,
                     floor(ln(greatest(duration_ms, 1)::float8) * 16 / ln(2::float8))::integer as bucket
              from standing
              where duration_ms is not null and preference <> 'SKIP') d
        group by annotator, bucket
        having sum(sign) <> 0
        on conflict (project_id, annotator, bucket) do update
        set verdicts = insight_duration.verdicts + excluded.verdicts)
      """;

  private static final String UNITS =
      """
      , units as (
        insert into insight_unit (project_id, least, greatest, tie, both_bad, comparisons)
        select :project, least, greatest, tie, both_bad, sum(sign)
        from (select sign,
                     count(*) filter (where category = 0) as least,
                     count(*) filter (where category = 1) as greatest,
                     count(*) filter (where category = 2) as tie,
                     count(*) filter (where category = 3) as both_bad
              from standing
              where counted
              group by sign, comparison_id) u
        group by least, greatest, tie, both_bad
        having sum(sign) <> 0
        on conflict (project_id, least, greatest, tie, both_bad) do update
        set comparisons = insight_unit.comparisons + excluded.comparisons)
      """;

  private static final String AGREEMENT =
      """
      , agreement as (
        insert into insight_agreement (project_id, annotator, pairs, agreeing)
        select :project, annotator, sum(sign * (answers - 1)), sum(sign * (alike - 1))
        from (select sign, annotator,
                     count(*) over (partition by sign, comparison_id) as answers,
                     count(*) over (partition by sign, comparison_id, category) as alike
              from standing
              where counted) a
        group by annotator
        having sum(sign * (answers - 1)) <> 0 or sum(sign * (alike - 1)) <> 0
        on conflict (project_id, annotator) do update
        set pairs = insight_agreement.pairs + excluded.pairs,
            agreeing = insight_agreement.agreeing + excluded.agreeing)
      """;

  /** {@link Score} tells what is added up, and which forecast is a verdict's. */
  private static final String SCORES =
      """
      , foreseen as (
        select s.sign, f.fit, f.arm, f.p,
               case s.category when 0 then 1.0::float8 when 1 then 0 else 0.5 end as y
        from standing s
        join lease l on l.project_id = :project and l.lease = s.lease
        cross join lateral (
          select b.fit, e.arm, least(greatest(e.p, 1e-12), 1 - 1e-12) as p
          from selection e
          join batch b on b.project_id = e.project_id and b.number = e.number
          where e.project_id = :project and e.comparison_id = s.comparison_id
            and b.selected_at <= l.leased_at
          order by e.number desc
          limit 1) f
        where s.counted),
      judged as (
        select sign, fit, arm, -(y * ln(p) + (1 - y) * ln(1 - p)) as loss,
               case when p = 0.5 or y = 0.5 then 0.5::float8
                    when (p > 0.5) = (y > 0.5) then 1 else 0 end as correct
        from foreseen),
      scores as (
        insert into insight_score (project_id, fit, arm, verdicts, halves, correct, log_loss, log_loss_squared)
        select :project, fit, arm, sum(sign), coalesce(sum(sign) filter (where correct = 0.5), 0),
               sum(sign * correct), sum(sign * loss), sum(sign * loss * loss)
        from judged
        group by fit, arm
        on conflict (project_id, fit, arm) do update
        set verdicts = insight_score.verdicts + excluded.verdicts,
            halves = insight_score.halves + excluded.halves,
            correct = insight_score.correct + excluded.correct,
            log_loss = insight_score.log_loss + excluded.log_loss,
            log_loss_squared = insight_score.log_loss_squared + excluded.log_loss_squared)
      """;

  private static final String MARK =
      """
      update insight_mark
      set snapshot = :now::pg_snapshot, logged = logged + (select count(*) from fresh)
      where project_id = :project
      """;

  static final String TEXT =
      FRESH + STANDING + BY_ANNOTATOR + DURATIONS + UNITS + AGREEMENT + SCORES + MARK;

  private TallyStatement() {}
}
