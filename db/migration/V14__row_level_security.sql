-- The second wall: whatever its WHERE says, a statement sees and writes only rows of the projects that
-- its session was told, by tiebreak.projects: * for all, or their names with commas between. Without it
-- there are none. Migrations are told all (they would else change nothing where their user is no
-- superuser, as the tables hold their owner to it as well); checks of foreign keys are exempt.

-- The keys of the projects in scope that there are, at most. Looked up anew for each statement, as a
-- name may be given to another project; its plan is kept, which nothing can make a wrong one.
create function scoped_projects() returns bigint[]
  language plpgsql stable parallel safe
  set search_path from current
  set plan_cache_mode = force_generic_plan
as $$
begin
  return array(
    select project_id from project
    where slug = any (string_to_array(current_setting('tiebreak.projects', true), ',')));
end
$$;

create policy project_scope on project
  using ((select current_setting('tiebreak.projects', true) = '*')
         or slug = any ((select string_to_array(current_setting('tiebreak.projects', true), ','))::text[]));
alter table project enable row level security;
alter table project force row level security;

-- Holds a table to the scope by its project_id: every table that has one, later ones included.
-- Both questions are asked once a statement, the second only where the first says no.
create procedure hold_to_scope(held regclass)
  language plpgsql
  set search_path from current
as $$
begin
  execute format('alter table %s enable row level security', held);
  execute format('alter table %s force row level security', held);
  execute format(
    'create policy project_scope on %s
       using ((select current_setting(''tiebreak.projects'', true) = ''*'')
              or project_id = any ((select scoped_projects())::bigint[]))',
    held);
end
$$;

revoke execute on procedure hold_to_scope(regclass) from public;

-- Rows of uploads come in by COPY, which row-level security does not allow: into a partition of their
-- own, which the service can only add to; it reads and removes them through the table.
alter table staged_response rename to staged_response_intake;
create table staged_response (like staged_response_intake) partition by list (project_id);
alter table staged_response attach partition staged_response_intake default;
revoke select, delete on staged_response_intake from tiebreak_service;
grant select, delete on staged_response to tiebreak_service;

create function refuse_out_of_scope() returns trigger
  language plpgsql
  set search_path from current
as $$
begin
  if current_setting('tiebreak.projects', true) is distinct from '*'
    and exists (select from added where project_id <> all (coalesce(scoped_projects(), '{}'))) then
    raise insufficient_privilege using message = 'rows of a project that is not in scope';
  end if;
  return null;
end
$$;

create trigger staged_response_in_scope
  after insert on staged_response_intake
  referencing new table as added
  for each statement execute function refuse_out_of_scope();

call hold_to_scope('response');
call hold_to_scope('response_tally');
call hold_to_scope('staged_response');
call hold_to_scope('comparison');
call hold_to_scope('slot');
call hold_to_scope('lease');
call hold_to_scope('verdict');
call hold_to_scope('round_status');
call hold_to_scope('round');
call hold_to_scope('fit');
call hold_to_scope('posterior');
call hold_to_scope('batch');
call hold_to_scope('selection');
call hold_to_scope('replay');
call hold_to_scope('replay_cell');
call hold_to_scope('insight_mark');
call hold_to_scope('insight_verdict');
call hold_to_scope('insight_duration');
call hold_to_scope('insight_unit');
call hold_to_scope('insight_agreement');
call hold_to_scope('insight_score');
call hold_to_scope('insight_forecast');

-- Views read as whoever asks them, not as their owner.
alter view counted_verdict set (security_invoker = true);
alter view comparison_state set (security_invoker = true);

-- Behind the wall an index serves only a condition that tells nothing of a row, not even by an error.
-- pg_snapshot_xmin of a row might; what a row holds does not.
alter table round_status add column fit_floor xid8 not null
  generated always as (coalesce(pg_snapshot_xmin(fit_snapshot), '0'::xid8)) stored;
alter table insight_mark add column floor xid8 not null
  generated always as (coalesce(pg_snapshot_xmin(snapshot), '0'::xid8)) stored;

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
    select count(*) as fresh
    from (select
          from verdict v
          where v.project_id = p.project_id
            and v.counted
            and not exists (select from verdict r where r.project_id = v.project_id and r.replaces = v.verdict_id)
            -- a condition of the index: what is older than the fit is not looked at
            and v.transaction_id >= s.fit_floor
            and (s.fit_snapshot is null or not pg_visible_in_snapshot(v.transaction_id, s.fit_snapshot))
          limit p.refit_after) f) verdicts
  cross join lateral (
    select count(*) as waiting
    from (select distinct comparison_id
          from slot
          where slot.project_id = p.project_id and slot.state in ('OPEN', 'LEASED')
          limit now.water) w) queue;
