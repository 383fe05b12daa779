-- The only path that deletes from the log: a whole project, at its administrator's word. It runs with
-- its owner's rights, as the service has none to delete.
create function delete_project(doomed bigint) returns void
  language plpgsql
  security definer
  set search_path from current
as $$
begin
  -- whoever works on the project finishes first, or finds it gone
  perform from project where project_id = doomed for update;
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

revoke execute on function delete_project(bigint) from public;
grant execute on function delete_project(bigint) to tiebreak_service;
