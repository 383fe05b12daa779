package dev.tiebreak.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

final class WorkersTest {

  @Test
  void everyTaskIsDoneOnceAndFailuresReachTheCaller() {
    Workers workers = new Workers(3);
    AtomicIntegerArray done = new AtomicIntegerArray(1000);
    workers.forEach(1000, done::incrementAndGet);
    for (int i = 0; i < 1000; i++) {
      assertThat(done.get(i)).isEqualTo(1);
    }
    assertThatThrownBy(() ->
            workers.forEach(
                10,
                task -> {
                  if (task == 7) {
                    throw new ArithmeticException("seven");
                  }
                }))
        .hasRootCauseMessage("seven");
  }

  @Test
  void interruptionIsKept() {
    Thread.currentThread().interrupt();
    new Workers(2).forEach(5, task -> {});
    assertThat(Thread.interrupted()).isTrue();
  }
}
