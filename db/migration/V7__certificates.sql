-- Whether the round's batch is to be certified: any request that waits for the round may ask for it.
alter table round add column certificate boolean not null default false;

-- Of the batches so far nobody did.
update batch set diagnostics = diagnostics || '{"certificate": null}';
