alter table replay
  -- so that a request that is repeated, as its answer was lost, makes no second replay
  add column request_key    text,
  add column request_digest bytea,
  -- how often it was taken up without having been let go of: each but the last time its process died
  add column attempts       integer not null default 0
                            constraint replay_attempts_not_negative check (attempts >= 0),
  add constraint replay_request_whole check ((request_key is null) = (request_digest is null)),
  add constraint replay_request_once unique (project_id, request_key);
