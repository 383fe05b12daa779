package dev.tiebreak.project;

/** A project was created, in the transaction under way. */
public record ProjectCreated(long projectId, String slug) {}
