package dev.tiebreak.project;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps a project from being removed until the transaction ends. Whoever removes it locks it first,
 * so it is kept before anything of it is locked: otherwise the two could wait for each other.
 */
public final class KeptProject {

  private static final String KEEP =
      "select project_id from project where project_id = :project for key share";

  private KeptProject() {}

  /** Whether it is there; waits for whoever is removing it. */
  public static boolean await(JdbcClient jdbc, long projectId) {
    return keep(jdbc, projectId, KEEP);
  }

  /** Whether it is there and nobody is removing it. */
  public static boolean now(JdbcClient jdbc, long projectId) {
    return keep(jdbc, projectId, KEEP + " skip locked");
  }

  private static boolean keep(JdbcClient jdbc, long projectId, String statement) {
    return jdbc.sql(statement).param("project", projectId).query(Long.class).optional().isPresent();
  }
}
