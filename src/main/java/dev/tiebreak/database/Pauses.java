package dev.tiebreak.database;

import java.time.Duration;

/** Waiting during a start. */
final class Pauses {

  private Pauses() {}

  static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException exception) {
      Thread.currentThread().interrupt();
      throw new DatabaseFailure(
          "The start was interrupted while it waited for PostgreSQL.",
          "Start the service again.",
          exception);
    }
  }
}
