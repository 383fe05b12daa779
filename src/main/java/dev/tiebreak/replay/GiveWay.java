package dev.tiebreak.replay;

import dev.tiebreak.round.RoundActivity;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Lets rounds of this process go first: annotators wait for them, nobody waits for a replay. */
@Component
class GiveWay {

  private static final long LOOK_MILLIS = 20;

  private final RoundActivity rounds;
  private final ReplayProperties properties;

  GiveWay(RoundActivity rounds, ReplayProperties properties) {
    this.rounds = rounds;
    this.properties = properties;
  }

  /** A pause for as long as a round runs, up to the limit, unless this process is ending. */
  Runnable during(BooleanSupplier stopping) {
    return () -> pause(stopping);
  }

  private void pause(BooleanSupplier stopping) {
    long end = System.nanoTime() + properties.giveWay().toNanos();
    while (rounds.isBusy() && System.nanoTime() < end && !stopping.getAsBoolean()) {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      }
    }
  }
}
