package dev.tiebreak.simulation;

/**
 * Verdicts that may still count, shared by annotators. Each reserves what it is about to give, and
 * returns what did not count: so no more than the budget is ever given, and all of it is.
 */
final class Budget {

  private int free;
  private int reserved;
  private boolean closed;

  Budget(int verdicts) {
    this.free = verdicts;
  }

  /**
   * Reserves between 1 and {@code most} verdicts; waits while others hold all that is left.
   *
   * @return 0 when nothing will ever be left
   */
  synchronized int reserve(int most) throws InterruptedException {
    while (free == 0 && reserved > 0 && !closed) {
      wait();
    }
    if (closed) {
      return 0;
    }
    int taken = Math.min(most, free);
    free -= taken;
    reserved += taken;
    return taken;
  }

  /** Settles a reservation of which {@code counted} verdicts counted. */
  synchronized void settle(int taken, int counted) {
    reserved -= taken;
    free += taken - counted;
    notifyAll();
  }

  /** Nothing more is to be given. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
