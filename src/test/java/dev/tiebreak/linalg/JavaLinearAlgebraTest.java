package dev.tiebreak.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

final class JavaLinearAlgebraTest extends LinearAlgebraKit {

  @Override
  LinearAlgebra open(int threads) {
    return new JavaLinearAlgebra(threads);
  }

  @Test
  void threadsDoNotChangeABit() {
    List<double[]> alone = everything(open(1), 150);
    List<double[]> together = everything(open(4), 150);
    for (int i = 0; i < alone.size(); i++) {
      assertThat(together.get(i)).isEqualTo(alone.get(i));
    }
  }

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
