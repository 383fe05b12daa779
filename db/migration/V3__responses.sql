-- A response to a prompt and its embedding. The ordinal is its place in the order of first upload,
-- which numbers candidates: it never changes, whatever is uploaded again.
create table response (
  project_id  bigint not null constraint response_of_project references project,
  ordinal     bigint not null constraint response_ordinal_positive check (ordinal > 0),
  response_id text not null constraint response_id_length check (length(response_id) between 1 and 200),
  prompt_id   text not null constraint response_prompt_id_length check (length(prompt_id) between 1 and 200),
  prompt      text constraint response_prompt_length check (length(prompt) <= 200000),
  response    text constraint response_text_length check (length(response) <= 200000),
  metadata    jsonb,
  -- little-endian float32, four bytes a dimension
  embedding   bytea not null constraint response_embedding_float32 check (octet_length(embedding) % 4 = 0),
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  -- of the project's tally, when the embedding or the prompt was last changed
  version     bigint not null,
  primary key (project_id, ordinal),
  constraint response_id_unique unique (project_id, response_id)
);

create index response_by_prompt on response (project_id, prompt_id);
create index response_by_version on response (project_id, version);

-- Embeddings hardly compress: storing them out of line, as they are, saves the attempt.
alter table response alter column embedding set storage external;

-- Without statistics of it the planner takes a project for a small part of the table, never for a
-- single row: so it always prefers the index of all columns that are asked for to another one that
-- only begins with the project. A project that came after the last ANALYZE would else be read as a
-- whole for each row that is looked up.
alter table response alter column project_id set statistics 0;

-- What a project holds, counted once for each upload instead of at each poll. The version rises with
-- every change of the embeddings or prompts: who keeps a copy in memory compares it.
create table response_tally (
  project_id      bigint primary key constraint response_tally_of_project references project,
  responses       bigint not null default 0,
  prompts         bigint not null default 0,
  in_prompt_pairs bigint not null default 0,
  version         bigint not null default 0
) with (fillfactor = 50);

-- Rows of uploads under way, written in short transactions while the body arrives and merged in one.
-- Unlogged: an upload that a crash interrupts was never acknowledged.
create unlogged table staged_response (
  upload_id   uuid not null,
  -- the row's number in the body, from 1
  row_number  bigint not null,
  project_id  bigint not null,
  response_id text not null,
  prompt_id   text not null,
  prompt      text,
  response    text,
  metadata    jsonb,
  embedding   bytea not null,
  staged_at   timestamptz not null default clock_timestamp(),
  primary key (project_id, upload_id, row_number)
);

alter table staged_response alter column embedding set storage external;
alter table staged_response alter column project_id set statistics 0;

create index staged_response_by_age on staged_response (staged_at);

grant select, insert, update on response, response_tally to tiebreak_service;
grant select, insert, delete on staged_response to tiebreak_service;
