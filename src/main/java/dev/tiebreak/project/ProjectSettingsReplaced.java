package dev.tiebreak.project;

/** A project's settings were replaced by others, in the transaction under way. */
public record ProjectSettingsReplaced(
    long projectId, String slug, ProjectSettings before, ProjectSettings after) {}
