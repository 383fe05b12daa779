-- A comparison is its unordered pair: selected again, the same row comes back, so that what an
-- annotator answered or skipped is never forgotten. least and greatest are ordinals of responses.
create table comparison (
  project_id    bigint not null constraint comparison_of_project references project,
  comparison_id bigint generated always as identity,
  least         bigint not null,
  greatest      bigint not null,
  -- counted verdicts that were imported: they take no slot
  imported      integer not null default 0
                constraint comparison_imported_not_negative check (imported >= 0),
  created_at    timestamptz not null default clock_timestamp(),
  primary key (project_id, comparison_id),
  constraint comparison_pair_unique unique (project_id, least, greatest),
  constraint comparison_pair_ordered check (least < greatest),
  constraint comparison_least_stored foreign key (project_id, least) references response,
  constraint comparison_greatest_stored foreign key (project_id, greatest) references response
);

-- One slot for each verdict wanted: overlap is rows, so no race can exceed it. A slot is OPEN, LEASED
-- by one annotator, ANSWERED by one, or RETIRED (withdrawn unasked; open again when its pair is
-- selected again). docs/state-machine.md draws the arrows. A comparison's own state follows from its
-- slots: LEASED if one is, else OPEN if one is, else ANSWERED if one is or a verdict was imported,
-- else RETIRED.
create table slot (
  project_id    bigint not null,
  comparison_id bigint not null,
  slot          integer not null constraint slot_number_range check (slot between 1 and 100),
  state         text not null
                constraint slot_state_known check (state in ('OPEN', 'LEASED', 'ANSWERED', 'RETIRED')),
  -- where it stands in the queue: the newest round first, then the order of selection
  round         bigint not null,
  position      integer not null,
  annotator     text,
  -- the fence: a statement that completes work names this number and the lease's token
  lease         bigint,
  expires_at    timestamptz,
  constraint slot_unique primary key (project_id, comparison_id, slot),
  -- an annotator holds or has answered at most one slot of a comparison
  constraint slot_annotator_unique unique (project_id, comparison_id, annotator),
  constraint slot_of_comparison foreign key (project_id, comparison_id) references comparison,
  constraint slot_leased_by_someone check (
    case state
      when 'LEASED' then annotator is not null and lease is not null and expires_at is not null
      when 'ANSWERED' then annotator is not null and expires_at is null
      else annotator is null and lease is null and expires_at is null
    end)
) with (fillfactor = 70);

-- for the removal of a project, which asks for each removed response whether a comparison names it
create index comparison_by_greatest on comparison (project_id, greatest);

create index slot_open on slot (project_id, round desc, position, comparison_id, slot) where state = 'OPEN';
create index slot_leased on slot (project_id, annotator, lease) where state = 'LEASED';
create index slot_expiring on slot (project_id, expires_at) where state = 'LEASED';

-- Whether a slot's lease runs, or has run out, by this database's clock: inlined, so that the indexes of
-- leased slots serve.
create function is_live(state text, expires_at timestamptz) returns boolean
  language sql volatile parallel safe
  return state = 'LEASED' and expires_at > clock_timestamp();

create function is_expired(state text, expires_at timestamptz) returns boolean
  language sql volatile parallel safe
  return state = 'LEASED' and expires_at <= clock_timestamp();

-- Every lease ever given, never changed: a verdict that comes late still finds what was asked, which
-- response stood left, and who was asked.
create table lease (
  project_id     bigint not null,
  lease          bigint generated always as identity,
  token          bytea not null constraint lease_token_128_bits check (octet_length(token) = 16),
  comparison_id  bigint not null,
  slot           integer not null,
  annotator      text not null constraint lease_annotator_length check (length(annotator) between 1 and 200),
  left_response  bigint not null,
  right_response bigint not null,
  leased_at      timestamptz not null default clock_timestamp(),
  primary key (project_id, lease),
  constraint lease_of_slot foreign key (project_id, comparison_id, slot) references slot,
  constraint lease_sides_differ check (left_response <> right_response)
);

-- for the removal of a project, as above
create index lease_by_slot on lease (project_id, comparison_id, slot);

-- The log of verdicts: only ever inserted into. What counts now is a projection of it: a verdict
-- counts where counted is true and no later verdict replaces it.
create table verdict (
  project_id     bigint not null constraint verdict_of_project references project,
  verdict_id     bigint generated always as identity,
  comparison_id  bigint not null,
  -- null: imported
  lease          bigint,
  left_response  bigint not null,
  right_response bigint not null,
  preference     text not null
                 constraint verdict_preference_known check (preference in ('LEFT', 'RIGHT', 'TIE', 'BOTH_BAD', 'SKIP')),
  annotator      text not null constraint verdict_annotator_length check (length(annotator) between 1 and 200),
  outcome        text not null
                 constraint verdict_outcome_known check (outcome in ('COUNTED', 'SKIPPED', 'REVISED', 'LATE', 'IMPORTED')),
  counted        boolean not null,
  replaces       bigint,
  confidence     double precision constraint verdict_confidence_range check (confidence between 0 and 1),
  duration_ms    bigint constraint verdict_duration_not_negative check (duration_ms >= 0),
  comment        text,
  recorded_at    timestamptz not null default clock_timestamp(),
  judged_at      timestamptz,
  -- decides which fits have seen it: the order of numbers is not the order of visibility
  transaction_id xid8 not null default pg_current_xact_id(),
  primary key (project_id, verdict_id),
  constraint verdict_of_comparison foreign key (project_id, comparison_id) references comparison,
  constraint verdict_of_lease foreign key (project_id, lease) references lease,
  constraint verdict_replaces_one foreign key (project_id, replaces) references verdict,
  -- revisions form a chain, never a fork
  constraint verdict_replaced_once unique (project_id, replaces),
  constraint verdict_skip_not_counted check (not (counted and preference = 'SKIP')),
  constraint verdict_imported_without_lease check ((outcome = 'IMPORTED') = (lease is null)),
  constraint verdict_revised_replaces check ((outcome = 'REVISED') = (replaces is not null))
);

-- a lease has one first verdict, however often its answer is sent
create unique index verdict_first_of_lease on verdict (project_id, lease) where replaces is null and lease is not null;
create unique index verdict_imported_once on verdict (project_id, comparison_id, annotator) where outcome = 'IMPORTED';
create index verdict_by_lease on verdict (project_id, lease);
create index verdict_by_annotator on verdict (project_id, comparison_id, annotator);
create index verdict_by_transaction on verdict (project_id, transaction_id);

-- As for responses: a project newer than the statistics must not look as if it had one row.
alter table comparison alter column project_id set statistics 0;
alter table slot alter column project_id set statistics 0;
alter table lease alter column project_id set statistics 0;
alter table verdict alter column project_id set statistics 0;

grant select, insert, update on comparison, slot to tiebreak_service;
grant select, insert on lease, verdict to tiebreak_service;

-- Verdicts that count now.
create view counted_verdict as
  select v.*
  from verdict v
  where v.counted
    and not exists (select from verdict r where r.project_id = v.project_id and r.replaces = v.verdict_id);

-- Comparisons with the state that follows from their slots.
create view comparison_state as
  select c.project_id, c.comparison_id, c.least, c.greatest,
         case
           when s.leased > 0 then 'LEASED'
           when s.open > 0 then 'OPEN'
           when s.answered + c.imported > 0 then 'ANSWERED'
           else 'RETIRED'
         end as state,
         s.open, s.leased, s.answered + c.imported as answers
  from comparison c
  cross join lateral (
    select count(*) filter (where state = 'OPEN') as open,
           count(*) filter (where state = 'LEASED') as leased,
           count(*) filter (where state = 'ANSWERED') as answered
    from slot
    where slot.project_id = c.project_id and slot.comparison_id = c.comparison_id) s;

grant select on counted_verdict, comparison_state to tiebreak_service;
