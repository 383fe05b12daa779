package dev.tiebreak.simulation;

import java.util.HashSet;
import java.util.Set;

/**
 * Notices when no annotator gets anything any more, and asks for a round then. When two rounds in
 * turn have brought nothing, the comparisons are used up.
 */
final class Supply {

  /** Asks the service for a round and waits for it. */
  interface Round {
    void run() throws InterruptedException;
  }

  /** What an annotator with nothing to do can hope for. */
  enum Outlook {
    /** Others are still at work: ask again after a pause. */
    WAIT,
    /** There was a round: ask again at once. */
    ASK_AGAIN,
    /** There is nothing left to compare. */
    USED_UP
  }

  private static final int FRUITLESS_ROUNDS = 2;

  private final int annotators;
  private final Round round;
  private final Set<Integer> dry = new HashSet<>();
  private int fruitless;

  Supply(int annotators, Round round) {
    this.annotators = annotators;
    this.round = round;
  }

  /** An annotator got comparisons. */
  synchronized void filled() {
    dry.clear();
    fruitless = 0;
  }

  /** An annotator got nothing. */
  synchronized Outlook empty(int annotator) throws InterruptedException {
    dry.add(annotator);
    if (dry.size() < annotators) {
      return Outlook.WAIT;
    }
    if (fruitless == FRUITLESS_ROUNDS) {
      return Outlook.USED_UP;
    }
    round.run();
    dry.clear();
    fruitless++;
    return Outlook.ASK_AGAIN;
  }
}
