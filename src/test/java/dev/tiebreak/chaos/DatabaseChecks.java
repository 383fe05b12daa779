package dev.tiebreak.chaos;

import java.sql.SQLException;
import java.util.List;

/** What the tables must say when all is over. */
final class DatabaseChecks {

  private static final int TAKE_OVER_SECONDS = 10;

  private final World world;
  private final Findings findings;

  DatabaseChecks(World world, Findings findings) {
    this.world = world;
    this.findings = findings;
  }

  void check() throws SQLException {
    findings.violated(
        Check.OVER_ASKED,
        world.query(
            """
            select p.slug || ' comparison ' || v.comparison_id || ': ' || count(*)
            from counted_verdict v join project p on p.project_id = v.project_id
            group by p.slug, p.overlap, v.comparison_id
            having count(*) > p.overlap
            """));
    findings.violated(
        Check.COUNTED_TWICE,
        world.query(
            """
            select project_id || ' comparison ' || comparison_id || ' ' || annotator
            from counted_verdict
            group by project_id, comparison_id, annotator
            having count(*) > 1
            """));
    findings.violated(
        Check.SLOTS_AGREE,
        world.query(
            """
            select s.project_id || ' comparison ' || s.comparison_id || ': ' || s.n || ' slots, ' || coalesce(v.n, 0)
            from (select project_id, comparison_id, count(*) filter (where state = 'ANSWERED') as n
                  from slot group by project_id, comparison_id) s
            left join (select project_id, comparison_id, count(*) as n
                       from counted_verdict group by project_id, comparison_id) v
              on v.project_id = s.project_id and v.comparison_id = s.comparison_id
            where s.n <> coalesce(v.n, 0)
            """));
    fits();
    rounds();
  }

  private void fits() throws SQLException {
    findings.violated(
        Check.WATERMARK,
        world.query(
            """
            select 'fit ' || f.project_id || '/' || f.number || ' read ' || f.verdicts || ', its snapshot shows ' || s.n
            from fit f
            cross join lateral (
              select count(*) as n
              from verdict v
              where v.project_id = f.project_id and v.counted
                and pg_visible_in_snapshot(v.transaction_id, f.snapshot)
                and not exists (
                  select from verdict r
                  where r.project_id = v.project_id and r.replaces = v.verdict_id
                    and pg_visible_in_snapshot(r.transaction_id, f.snapshot))) s
            where f.verdicts <> s.n
            """));
    findings.violated(
        Check.FITTED_THEN_REVISED,
        world.query(
            """
            select 'verdict ' || v.verdict_id || ' of fit ' || f.number || ' revised by ' || r.verdict_id
            from verdict r
            join verdict v on v.project_id = r.project_id and v.verdict_id = r.replaces and v.counted
            join fit f on f.project_id = v.project_id
              and pg_visible_in_snapshot(v.transaction_id, f.snapshot)
              and not pg_visible_in_snapshot(r.transaction_id, f.snapshot)
            """));
    findings.figure("fits", world.query("select count(*) from fit").getFirst());
  }

  private void rounds() throws SQLException {
    findings.violated(
        Check.PUBLISHED_ONCE,
        world.query(
            """
            select 'round ' || project_id || '/' || number || ' published ' || count(*) || ' times'
            from chaos_audit where action = 'PUBLISH'
            group by project_id, number having count(*) > 1
            """));
    findings.violated(
        Check.PUBLISHED_ONCE,
        world.query(
            """
            select 'round ' || p.project_id || '/' || p.number || ' published by ' || p.application
              || ', taken last by ' || t.application || ' under epoch ' || t.epoch
            from chaos_audit p
            cross join lateral (
              select application, epoch from chaos_audit t
              where t.project_id = p.project_id and t.number = p.number and t.action = 'TAKE' and t.seq < p.seq
              order by t.seq desc
              limit 1) t
            where p.action = 'PUBLISH' and p.application <> t.application
            """));
    findings.figure(
        "rounds published",
        world.query("select count(*) from chaos_audit where action = 'PUBLISH'").getFirst());
    findings.figure(
        "rounds taken over",
        world
            .query(
                "select count(*) from chaos_audit t where action = 'TAKE' and exists (select from"
                    + " chaos_audit e where e.action = 'TAKE' and e.project_id = t.project_id and"
                    + " e.number = t.number and e.seq < t.seq)")
            .getFirst());
  }

  /**
   * When the rounds of dead leaders were taken over.
   *
   * @param alone whether nothing else was broken meanwhile
   */
  void takenOver(List<Rounds.Lost> lost, boolean alone) throws SQLException {
    List<Double> seconds = new java.util.ArrayList<>();
    for (Rounds.Lost leader : lost) {
      String after =
          world
              .query(
                  """
                  select coalesce(extract(epoch from min(at) - '%s'::timestamptz), 999)
                  from chaos_audit
                  where action = 'TAKE' and project_id = %d and epoch > %d
                  """
                      .formatted(leader.at(), leader.projectId(), leader.epoch()))
              .getFirst();
      seconds.add(Double.parseDouble(after));
      if (alone && Double.parseDouble(after) > TAKE_OVER_SECONDS) {
        findings.violated(Check.TAKEN_OVER, leader + " after " + after + " s");
      }
    }
    findings.figures("leaders killed or frozen, taken over after seconds", seconds);
  }
}
