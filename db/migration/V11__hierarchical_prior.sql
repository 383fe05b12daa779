-- the spectral prior with a hyperprior on its exponent and its precision
alter table project
  drop constraint project_prior_known,
  add constraint project_prior_known check (prior in ('ISOTROPIC', 'SPECTRAL', 'HIERARCHICAL')),
  drop constraint project_exponent_is_spectral,
  add constraint project_exponent_is_spectral check (prior <> 'ISOTROPIC' or prior_exponent is null);
