package dev.tiebreak.candidate;

/** Responses of a project were created or changed, and are committed. */
public record EmbeddingsUploaded(long projectId) {}
