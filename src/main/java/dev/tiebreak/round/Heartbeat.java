package dev.tiebreak.round;

import dev.tiebreak.database.ProjectScope;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Prolongs the hold on a round's project from a thread of its own while numbers are computed. */
final class Heartbeat implements AutoCloseable {

  private static final long INTERVAL_MILLIS = 2000;

  private final Thread thread;
  private volatile boolean lost;

  private Heartbeat(RoundLease lease, HeldRound round) {
    ProjectScope scope = ProjectScope.current();
    // not a virtual one: interrupting that would break the connection that it is just using
    thread =
        Thread.ofPlatform()
            .name("heartbeat")
            .daemon()
            .unstarted(() -> scope.run(() -> beat(lease, round)));
  }

  static Heartbeat start(RoundLease lease, HeldRound round) {
    Heartbeat heartbeat = new Heartbeat(lease, round);
    heartbeat.thread.start();
    return heartbeat;
  }

  private void beat(RoundLease lease, HeldRound round) {
    try {
      while (!lost) {
        Thread.sleep(INTERVAL_MILLIS);
        lost = !prolong(lease, round);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** A database that does not answer is no loss yet: the epoch decides at publication. */
  private static boolean prolong(RoundLease lease, HeldRound round) {
    try {
      return lease.prolong(round);
    } catch (DataAccessException | TransactionException unavailable) {
      return true;
    }
  }

  /** Stops the round where the project is lost. */
  void check() {
    if (lost) {
      throw new LostRoundException();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
