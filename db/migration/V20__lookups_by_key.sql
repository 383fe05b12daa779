-- A project that is far from the average of the statistics makes the planner compare each verdict with
-- all others to see whether it was revised: minutes for 30,000. OFFSET 0 keeps the question apart, so that
-- it is one look at the unique index for each verdict, whatever is believed of the project.
create or replace view counted_verdict with (security_invoker = true) as
  select v.*
  from verdict v
  where v.counted
    and not exists (
      select from verdict r where r.project_id = v.project_id and r.replaces = v.verdict_id offset 0);

create or replace view round_due with (security_invoker = true) as
  select p.project_id,
         exists (select from round r where r.project_id = p.project_id and r.state = 'QUEUED') as requested,
         now.unasked and verdicts.fresh >= p.refit_after as refit_after,
         now.unasked and now.left_over and now.possible and queue.waiting < now.water as low_water
  from project p
  join round_status s on s.project_id = p.project_id
  join response_tally t on t.project_id = p.project_id
  cross join lateral (
    select s.retry_at is null or s.retry_at <= clock_timestamp() as unasked,
           -- candidates may be left: the newest selection left some, or something has changed since
           coalesce(s.candidates_left, 1) > 0 or s.selection_version <> t.version
             or p.updated_at is distinct from s.selection_settings as left_over,
           -- a round never selects more than this, so a higher mark would never be reached
           least(p.low_water, p.batch_size, p.candidate_limit) as water,
           case p.pairing
             when 'IN_PROMPT' then t.in_prompt_pairs > 0
             when 'CROSS_PROMPT' then t.prompts > 1
             else t.responses > 1
           end as possible) now
  cross join lateral (
    -- what a revision replaces counts no more; it is as fresh, as what a fit has used is not revised
    select count(*) filter (where v.counted)
             - count(*) filter (where v.replaces is not null and exists (
                 select from verdict e
                 where e.project_id = v.project_id and e.verdict_id = v.replaces and e.counted offset 0)) as fresh
    from verdict v
    where v.project_id = p.project_id
      -- a condition of the index: what is older than the fit is not looked at
      and v.transaction_id >= s.fit_floor
      and (s.fit_snapshot is null or not pg_visible_in_snapshot(v.transaction_id, s.fit_snapshot))) verdicts
  cross join lateral (
    -- in the order of the index, and no more of it than need be
    select count(*) as comparisons
    from (select distinct s.round, s.position, s.comparison_id
          from slot s
          where s.project_id = p.project_id and s.state = 'OPEN'
          order by s.round desc, s.position, s.comparison_id
          limit now.water) o) open
  cross join lateral (
    select case when open.comparisons >= now.water then now.water else (
             select count(*)
             from (select comparison_id from slot where slot.project_id = p.project_id and slot.state = 'OPEN'
                   union
                   select comparison_id from slot where slot.project_id = p.project_id and slot.state = 'LEASED') u)
           end as waiting) queue;
