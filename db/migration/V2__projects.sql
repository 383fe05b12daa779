-- A project and its settings. The names of enumerated values are those of the HTTP contract; the
-- service checks them first, the constraints hold whatever else writes here.
create table project (
  project_id               bigint generated always as identity primary key,
  slug                     text not null
                           constraint project_slug_unique unique
                           constraint project_slug_form check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  dimension                integer not null
                           constraint project_dimension_range check (dimension between 1 and 16384),
  pairing                  text not null
                           constraint project_pairing_known check (pairing in ('IN_PROMPT', 'CROSS_PROMPT', 'ANY')),
  strategy                 text not null,
  batch_size               integer not null
                           constraint project_batch_size_range check (batch_size between 1 and 10000),
  refit_after              integer not null
                           constraint project_refit_after_range check (refit_after between 1 and 1000000000),
  low_water                integer not null
                           constraint project_low_water_range check (low_water between 0 and 1000000),
  overlap                  integer not null
                           constraint project_overlap_range check (overlap between 1 and 100),
  lease_seconds            integer not null
                           constraint project_lease_seconds_range check (lease_seconds between 1 and 86400),
  max_leases_per_annotator integer not null
                           constraint project_max_leases_range check (max_leases_per_annotator between 1 and 1000),
  prior                    text not null
                           constraint project_prior_known check (prior in ('ISOTROPIC', 'SPECTRAL')),
  -- null: AUTO, by evidence
  prior_precision          double precision
                           constraint project_prior_precision_positive check (prior_precision > 0),
  prior_exponent           double precision
                           constraint project_prior_exponent_not_negative check (prior_exponent >= 0),
  random_share             double precision not null
                           constraint project_random_share_range check (random_share between 0 and 1),
  -- null: all pairs
  candidate_limit          bigint
                           constraint project_candidate_limit_positive check (candidate_limit > 0),
  seed                     bigint not null,
  priority                 integer not null,
  instructions             text
                           constraint project_instructions_length check (length(instructions) <= 20000),
  verdict_cost             numeric
                           constraint project_verdict_cost_not_negative check (verdict_cost >= 0),
  verdict_budget           bigint
                           constraint project_verdict_budget_not_negative check (verdict_budget >= 0),
  created_at               timestamptz not null,
  updated_at               timestamptz not null,
  -- an exponent belongs to the spectral prior only
  constraint project_exponent_is_spectral check (prior = 'SPECTRAL' or prior_exponent is null)
);

grant select, insert, update on project to tiebreak_service;
