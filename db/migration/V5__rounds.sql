-- What a project's loop is doing: one row, written by rounds alone, read by the queue to say why it
-- is empty. A round holds the project while held_until lies ahead by this database's clock, and
-- publishes only under the epoch that it was given.
create table round_status (
  project_id         bigint primary key constraint round_status_of_project references project,
  epoch              bigint not null default 0,
  -- the boot id of the process that holds the project
  holder             uuid,
  held_until         timestamptz,
  -- the round under way
  running            bigint,
  -- what the round under way reads; a verdict that is visible in it can no longer be revised
  running_snapshot   pg_snapshot,
  -- the number of the newest round
  newest             bigint not null default 0,
  -- what the newest fit has read
  fit                bigint,
  fit_snapshot       pg_snapshot,
  -- the state of the embeddings at the newest fit, as in response_tally
  fit_version        bigint not null default 0,
  -- candidates that the newest selection left over (null: not known, as it saw a sample), and the state
  -- of the embeddings and the settings that it went by, as in response_tally and project.updated_at
  candidates_left    bigint,
  selection_version  bigint not null default 0,
  selection_settings timestamptz,
  selected_at        timestamptz,
  -- where the newest round failed: when it may be tried again unasked
  retry_at           timestamptz,
  constraint round_status_held check ((holder is null) = (held_until is null))
) with (fillfactor = 50);

-- A round: a fit, then a selection. Its number is also the refit's and the batch's.
create table round (
  project_id   bigint not null constraint round_of_project references project,
  number       bigint not null constraint round_number_positive check (number > 0),
  state        text not null constraint round_state_known check (state in ('QUEUED', 'RUNNING', 'DONE', 'FAILED')),
  -- what started it: REQUESTED, REFIT_AFTER, LOW_WATER
  trigger      text not null
               constraint round_trigger_known check (trigger in ('REQUESTED', 'REFIT_AFTER', 'LOW_WATER')),
  stage        text,
  detail       text,
  epoch        bigint,
  holder       uuid,
  requested_at timestamptz not null default clock_timestamp(),
  started_at   timestamptz,
  finished_at  timestamptz,
  primary key (project_id, number),
  constraint round_times check (
    case state
      when 'QUEUED' then started_at is null and finished_at is null
      when 'RUNNING' then started_at is not null and finished_at is null
      else finished_at is not null
    end)
);

create unique index round_queued_once on round (project_id) where state = 'QUEUED';
create unique index round_running_once on round (project_id) where state = 'RUNNING';

-- A model: the last layer as a round fitted it, with all that is needed to fit it again.
create table fit (
  project_id       bigint not null,
  number           bigint not null,
  dimension        integer not null,
  -- little-endian float64, eight bytes a dimension
  weights          bytea not null,
  verdicts         bigint not null,
  -- which verdicts: those of the log that are visible in it
  snapshot         pg_snapshot not null,
  embeddings_version bigint not null,
  prior            text not null,
  prior_precision  double precision not null,
  prior_exponent   double precision,
  components       integer not null,
  log_evidence     double precision not null,
  log_likelihood   double precision not null,
  log_det          double precision not null,
  iterations       integer not null,
  gradient_norm    double precision not null,
  converged        boolean not null,
  build            text not null,
  fitted_at        timestamptz not null default clock_timestamp(),
  primary key (project_id, number),
  constraint fit_of_round foreign key (project_id, number) references round,
  constraint fit_weights_float64 check (octet_length(weights) = 8 * dimension)
);

-- The newest fit's standard deviations: little-endian float64, components × dimension.
create table posterior (
  project_id bigint primary key constraint posterior_of_project references project,
  number     bigint not null,
  components integer not null,
  dimension  integer not null,
  deviation  bytea not null,
  constraint posterior_of_fit foreign key (project_id, number) references fit
);

-- A batch: what a round selected, and why.
create table batch (
  project_id  bigint not null,
  number      bigint not null,
  -- the fit it was selected with
  fit         bigint not null,
  strategy    text not null,
  size        integer not null,
  candidates  bigint not null,
  -- the random numbers' seed: the project's and the round's together
  seed        bigint not null,
  settings    jsonb not null,
  diagnostics jsonb not null,
  selected_at timestamptz not null default clock_timestamp(),
  primary key (project_id, number),
  constraint batch_of_round foreign key (project_id, number) references round,
  constraint batch_of_fit foreign key (project_id, fit) references fit
);

create table selection (
  project_id            bigint not null,
  number                bigint not null,
  position              integer not null,
  comparison_id         bigint not null,
  arm                   text not null constraint selection_arm_known check (arm in ('DESIGN', 'RANDOM')),
  -- nats
  gain                  double precision not null,
  -- P(least is preferred)
  p                     double precision not null constraint selection_p_range check (p between 0 and 1),
  selection_probability double precision
                        constraint selection_probability_range check (selection_probability between 0 and 1),
  primary key (project_id, number, position),
  constraint selection_of_batch foreign key (project_id, number) references batch,
  constraint selection_of_comparison foreign key (project_id, comparison_id) references comparison,
  constraint selection_comparison_once unique (project_id, number, comparison_id)
);

create index selection_by_comparison on selection (project_id, comparison_id);

alter table selection alter column project_id set statistics 0;

-- Why a round is due, for every project; both the loop and the queue's answers go by it. Counts stop
-- at what decides, so that a poll costs the same whatever the project holds.
create view round_due as
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
            and v.transaction_id >= coalesce(pg_snapshot_xmin(s.fit_snapshot), '0'::xid8)
            and (s.fit_snapshot is null or not pg_visible_in_snapshot(v.transaction_id, s.fit_snapshot))
          limit p.refit_after) f) verdicts
  cross join lateral (
    select count(*) as waiting
    from (select distinct comparison_id
          from slot
          where slot.project_id = p.project_id and slot.state in ('OPEN', 'LEASED')
          limit now.water) w) queue;

grant select, insert, update on round_status, round, fit, posterior, batch, selection to tiebreak_service;
grant select on round_due to tiebreak_service;
