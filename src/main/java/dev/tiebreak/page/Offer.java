package dev.tiebreak.page;

import dev.tiebreak.access.Permissions;
import java.security.Principal;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What pages offer to those who may do it, and to nobody else. Each stands for the calls of a role
 * by one of them.
 */
enum Offer {
  ANNOTATE("GET /annotate/{project}"),
  WATCH("GET /projects/{project}/dashboard"),
  OBSERVE("GET /projects/{project}/progress"),
  TRAIN("POST /projects/{project}/refits"),
  ADMINISTER("PUT /projects/{project}");

  private final String operation;

  Offer(String operation) {
    this.operation = operation;
  }

  boolean isFor(@Nullable Principal viewer, Permissions permissions) {
    return permissions.allow(viewer, operation);
  }

  /** All that a viewer is offered, by name. */
  static Set<String> names(@Nullable Principal viewer, Permissions permissions) {
    return Arrays.stream(values())
        .filter(offer -> offer.isFor(viewer, permissions))
        .map(Offer::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
