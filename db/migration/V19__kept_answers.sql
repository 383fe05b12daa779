-- Answers to writes that came with an Idempotency-Key, stored by the transactions that wrote: the same
-- request is given its first answer again. Those in a project are kept as long as it is; others, among
-- them those on a project as a whole, survive it and go by their age.
create table kept_answer (
  -- 0: in no project
  project_id  bigint not null,
  -- empty: without authentication
  principal   text not null,
  request_key text not null constraint kept_answer_key_length check (length(request_key) between 1 and 200),
  -- SHA-256 of method, path, query, media type and body
  digest      bytea not null,
  status      integer not null,
  headers     jsonb not null,
  -- null: the answer said that it is not to be stored
  body        bytea,
  -- which projects the request could see
  scope       text not null default current_setting('tiebreak.projects'),
  kept_at     timestamptz not null default clock_timestamp(),
  primary key (project_id, principal, request_key)
);

create index kept_answer_by_age on kept_answer (kept_at) where project_id = 0;

call hold_to_scope('kept_answer');
-- what is in no project is seen by requests that may see the very same projects
create policy same_scope on kept_answer
  using (project_id = 0 and scope = (select current_setting('tiebreak.projects', true)));

grant select, insert, update, delete on kept_answer to tiebreak_service;

-- Replays had keys of their own; they are kept like all others, from now on.
alter table replay drop column request_key, drop column request_digest;

-- As before, with the answers.
create or replace function delete_project(doomed bigint) returns void
  language plpgsql
  security definer
  set search_path from current
as $$
begin
  -- whoever works on the project finishes first, or finds it gone
  perform from project where project_id = doomed for update;
  delete from kept_answer where project_id = doomed;
  delete from selection where project_id = doomed;
  delete from batch where project_id = doomed;
  delete from posterior where project_id = doomed;
  delete from fit where project_id = doomed;
  delete from round where project_id = doomed;
  delete from round_status where project_id = doomed;
  delete from verdict where project_id = doomed;
  delete from lease where project_id = doomed;
  delete from slot where project_id = doomed;
  delete from comparison where project_id = doomed;
  delete from staged_response where project_id = doomed;
  delete from response_tally where project_id = doomed;
  delete from response where project_id = doomed;
  delete from project where project_id = doomed;
end
$$;
