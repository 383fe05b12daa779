-- Migrations run as the owner of the schema; the service works as tiebreak_service (SET ROLE on each
-- connection), which may do only what the later migrations grant it. Roles belong to the whole server,
-- so another database on it may have made this one already.
do $$
begin
  create role tiebreak_service nologin;
exception
  when duplicate_object or unique_violation then null;
end
$$;

grant tiebreak_service to "${service_user}";
