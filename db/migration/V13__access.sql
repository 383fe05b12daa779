-- API keys. Of a key's secret only its SHA-256 is kept; a key is never deleted, so that what it did can be traced.
create table api_key (
  number        bigint generated always as identity primary key,
  -- the visible part of the key
  key_id        text not null
                constraint api_key_id_unique unique
                constraint api_key_id_form check (key_id ~ '^[a-z0-9]{16}$'),
  secret_sha256 bytea not null
                constraint api_key_secret_length check (octet_length(secret_sha256) = 32),
  name          text not null
                constraint api_key_name_length check (length(name) between 1 and 200),
  roles         text[] not null
                constraint api_key_roles_known
                check (cardinality(roles) > 0 and roles <@ array['ADMIN', 'TRAINER', 'ANNOTATOR', 'OBSERVER']),
  -- the names of the projects that it covers; null: all
  projects      text[]
                constraint api_key_projects_some check (cardinality(projects) > 0),
  created_at    timestamptz not null default now(),
  -- null: by command line
  created_by    text,
  expires_at    timestamptz,
  revoked_at    timestamptz,
  -- to the minute
  last_used_at  timestamptz
);

grant select, insert on api_key to tiebreak_service;
grant update (revoked_at, last_used_at) on api_key to tiebreak_service;

-- Administrative acts, each in its own transaction's insert. The service may add to it and read it.
create table audit (
  number     bigint generated always as identity primary key,
  at         timestamptz not null default clock_timestamp(),
  -- null: authentication was off, or the act was done by command line
  principal  text,
  action     text not null,
  project    text,
  request_id text,
  detail     jsonb not null default '{}'
);

create index audit_by_project on audit (project, number);
grant select, insert on audit to tiebreak_service;

-- Sessions of the pages' log-in, as Spring Session keeps them: any replica answers any request.
create table spring_session (
  primary_id            char(36) not null constraint spring_session_pk primary key,
  session_id            char(36) not null constraint spring_session_id_unique unique,
  creation_time         bigint not null,
  last_access_time      bigint not null,
  max_inactive_interval integer not null,
  expiry_time           bigint not null,
  principal_name        varchar(100)
);

create index spring_session_by_expiry on spring_session (expiry_time);
create index spring_session_by_principal on spring_session (principal_name);

create table spring_session_attributes (
  session_primary_id char(36) not null
                     constraint spring_session_attributes_session references spring_session on delete cascade,
  attribute_name     varchar(200) not null,
  attribute_bytes    bytea not null,
  constraint spring_session_attributes_pk primary key (session_primary_id, attribute_name)
);

grant select, insert, update, delete on spring_session, spring_session_attributes to tiebreak_service;
