-- How a verdict depends on more than the two rewards. All of it is off unless chosen.
alter table project
  -- the standard deviation of prompts' effects; 0: none; null: AUTO
  add column prompt_effect         double precision default 0
                                   constraint project_prompt_effect_not_negative check (prompt_effect >= 0),
  -- the same of the logarithms of annotators' temperatures
  add column annotator_reliability double precision default 0
                                   constraint project_annotator_reliability_not_negative
                                   check (annotator_reliability >= 0),
  add column tie_model             text not null default 'HALF'
                                   constraint project_tie_model_known check (tie_model in ('HALF', 'DAVIDSON'));

-- What a fit found of prompts, annotators and ties; null where its model had nothing of it.
alter table fit add column effects json;

-- Replays so far had the plain model. As text: jsonb would put the names in another order.
update replay
set settings = regexp_replace(
  settings::text, '\s*\}\s*$', ',"promptEffect":0,"annotatorReliability":0,"tieModel":"HALF"}')::json;
