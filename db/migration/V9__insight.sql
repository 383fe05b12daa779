-- What insight adds up of the log, so that an answer costs the same whatever the log holds. Each sum
-- is a function of the verdicts that stand (no later one replaces them) in one snapshot. It moves on by
-- the comparisons that have new verdicts: their share in the old snapshot is taken away, their share
-- in the new one added. Rows may be at zero.

create table insight_mark (
  project_id      bigint primary key constraint insight_mark_of_project references project on delete cascade,
  -- what is added up: null before the first time
  snapshot        pg_snapshot,
  -- rows of the log
  logged          bigint not null default 0,
  -- comparisons ever made, and the last of them: within a project they are numbered in the order of
  -- commit, as whoever adds some holds a lock to the end
  comparisons     bigint not null default 0,
  last_comparison bigint not null default 0
) with (fillfactor = 50);

-- Standing verdicts.
create table insight_verdict (
  project_id bigint not null constraint insight_verdict_of_project references project on delete cascade,
  annotator  text not null,
  outcome    text not null,
  preference text not null,
  counted    boolean not null,
  verdicts   bigint not null,
  primary key (project_id, annotator, outcome, preference, counted)
) with (fillfactor = 70);

-- How long answers took, by sixteenths of an octave of milliseconds.
create table insight_duration (
  project_id bigint not null constraint insight_duration_of_project references project on delete cascade,
  annotator  text not null,
  bucket     integer not null,
  verdicts   bigint not null,
  primary key (project_id, annotator, bucket)
) with (fillfactor = 70);

-- Comparisons by how often each answer was given, for the uploaded-earlier response, for the other,
-- a tie, both bad.
create table insight_unit (
  project_id  bigint not null constraint insight_unit_of_project references project on delete cascade,
  least       integer not null,
  greatest    integer not null,
  tie         integer not null,
  both_bad    integer not null,
  comparisons bigint not null,
  primary key (project_id, least, greatest, tie, both_bad)
) with (fillfactor = 70);

-- An annotator's counted verdicts against those of the others on the same comparison, one by one.
create table insight_agreement (
  project_id bigint not null constraint insight_agreement_of_project references project on delete cascade,
  annotator  text not null,
  pairs      bigint not null,
  agreeing   bigint not null,
  primary key (project_id, annotator)
) with (fillfactor = 70);

-- How well a fit foresaw the verdicts on what was asked by it.
create table insight_score (
  project_id       bigint not null constraint insight_score_of_project references project on delete cascade,
  fit              bigint not null,
  arm              text not null constraint insight_score_arm_known check (arm in ('DESIGN', 'RANDOM')),
  verdicts         bigint not null,
  -- of which half right
  halves           bigint not null,
  -- a half counts as such
  correct          double precision not null,
  -- nats
  log_loss         double precision not null,
  log_loss_squared double precision not null,
  primary key (project_id, fit, arm)
) with (fillfactor = 70);

-- What a round's model expects of itself and of the next verdicts.
create table insight_forecast (
  project_id bigint not null,
  number     bigint not null,
  fit        bigint not null,
  -- null: no pair is allowed, or no feature differs
  forecast   jsonb,
  primary key (project_id, number),
  constraint insight_forecast_of_round foreign key (project_id, number) references round on delete cascade
);

create index insight_forecast_by_fit on insight_forecast (project_id, fit);

-- The log grows in the order of time: the last hour is in its last pages.
create index verdict_by_time on verdict using brin (recorded_at) with (pages_per_range = 16);

alter table insight_verdict alter column project_id set statistics 0;
alter table insight_duration alter column project_id set statistics 0;
alter table insight_score alter column project_id set statistics 0;

grant select, insert, update on insight_mark, insight_verdict, insight_duration, insight_unit, insight_agreement,
  insight_score, insight_forecast to tiebreak_service;
