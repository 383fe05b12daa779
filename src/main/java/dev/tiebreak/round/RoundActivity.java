package dev.tiebreak.round;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Whether this process is running a round, for those who give way to it. */
@Component
public class RoundActivity {

  private final AtomicInteger rounds = new AtomicInteger();

  void begin() {
    rounds.incrementAndGet();
  }

  void end() {
    rounds.decrementAndGet();
  }

  /** Whether a round is running here now. */
  public boolean isBusy() {
    return rounds.get() > 0;
  }
}
