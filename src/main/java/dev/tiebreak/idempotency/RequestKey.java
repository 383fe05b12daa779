package dev.tiebreak.idempotency;

/**
 * Whose key it is, and where.
 *
 * @param projectId the project that the request is in; {@link #NO_PROJECT}: none
 * @param principal who asks; empty without authentication
 * @param key what the client calls its request
 */
record RequestKey(long projectId, String principal, String key) {

  static final long NO_PROJECT = 0;

  boolean isInProject() {
    return projectId != NO_PROJECT;
  }
}
