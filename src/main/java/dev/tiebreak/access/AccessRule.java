package dev.tiebreak.access;

import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Who may do one thing.
 *
 * @param roles whoever has one of these, and an ADMIN
 * @param reach what it takes beside a role
 * @param page whether it is a page or a page's file, which the written contract does not list
 */
record AccessRule(HttpMethod method, PathPattern path, Set<Role> roles, Reach reach, boolean page) {

  /** What it takes beside a role. */
  enum Reach {
    /** Nothing, not even a role: it is open to all. */
    OPEN,
    /** A grant for the project in the path, if there is one there. */
    PROJECT,
    /** A grant for all projects, as it tells of all. */
    ALL_PROJECTS
  }

  /** As the contract names it: {@code GET /projects/{project}}. */
  String operation() {
    return method + " " + path;
  }
}
