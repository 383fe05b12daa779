-- A replay: strategies tried on the project's own data, in the background. Held like a round while
-- held_until lies ahead by this database's clock; results are stored only under the epoch given.
create table replay (
  project_id   bigint not null constraint replay_of_project references project on delete cascade,
  number       bigint not null constraint replay_number_positive check (number > 0),
  state        text not null
               constraint replay_state_known check (state in ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
  -- as it was written: jsonb would put the names in another order
  settings     json not null,
  cells        integer not null constraint replay_cells_positive check (cells > 0),
  -- why it failed
  detail       text,
  epoch        bigint not null default 0,
  -- the boot id of the process that runs it
  holder       uuid,
  held_until   timestamptz,
  -- cells that are run at once
  threads      integer,
  -- the verdicts that it reads, and what tells its data from other data: a replay that is taken up
  -- again after a crash goes on with the same or not at all
  snapshot     pg_snapshot,
  fingerprint  bigint,
  requested_at timestamptz not null default clock_timestamp(),
  started_at   timestamptz,
  finished_at  timestamptz,
  -- its number is never given again
  removed_at   timestamptz,
  primary key (project_id, number),
  constraint replay_held check ((holder is null) = (held_until is null)),
  constraint replay_times check (
    case state
      when 'QUEUED' then started_at is null and finished_at is null
      when 'RUNNING' then started_at is not null and finished_at is null
      else finished_at is not null
    end)
);

create index replay_unfinished on replay (requested_at) where state in ('QUEUED', 'RUNNING');

-- A cell of its grid that is done: what is stored here is never computed again.
create table replay_cell (
  project_id  bigint not null,
  number      bigint not null,
  cell        integer not null constraint replay_cell_not_negative check (cell >= 0),
  result      json not null,
  wall_millis bigint not null,
  finished_at timestamptz not null default clock_timestamp(),
  primary key (project_id, number, cell),
  constraint replay_cell_of_replay foreign key (project_id, number) references replay on delete cascade
);

grant select, insert, update on replay to tiebreak_service;
grant select, insert, delete on replay_cell to tiebreak_service;
