package dev.tiebreak.project;

/** A project was removed with all it held, in the transaction under way. */
public record ProjectRemoved(long projectId, String slug) {}
