package dev.tiebreak.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * Has each annotator talk with a key of their own, as a service with authentication knows
 * annotators by nothing else. The keys are made with the command's, which must be an ADMIN's, and
 * end with it.
 */
final class AnnotatorKeys implements AutoCloseable {

  private final ServiceClient client;
  private final String project;
  private final List<String> made = new ArrayList<>();

  /** Makes keys that cover this project. */
  AnnotatorKeys(ServiceClient client, String project) {
    this.client = client;
    this.project = project;
  }

  /** What an annotator of this name talks with; the command's own where that needs no key. */
  ServiceClient client(String annotator) throws InterruptedException {
    if (!client.hasKey()) {
      return client;
    }
    Contract.Key key = client.createKey(annotator, project);
    made.add(key.key());
    return client.with(key.secret());
  }

  /**
   * Revokes them; one that cannot be revoked ends by itself, and is no failure of the work that is
   * done.
   */
  @Override
  public void close() {
    try {
      for (String key : made) {
        revoke(key);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void revoke(String key) throws InterruptedException {
    try {
      client.revokeKey(key);
    } catch (SimulationException refused) {
      System.err.println("The key " + key + " is not revoked: " + refused.getMessage());
    }
  }
}
