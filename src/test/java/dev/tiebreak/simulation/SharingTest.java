package dev.tiebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.command.UsageException;
import dev.tiebreak.simulation.Supply.Outlook;
import dev.tiebreak.simulation.Truth.RecordedChoices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What annotators share: the budget and the supply. */
final class SharingTest {

  @Test
  void spendsABudgetExactlyUnderContention() throws Exception {
    Budget budget = new Budget(10_000);
    AtomicInteger attempts = new AtomicInteger();
    AtomicInteger counted = new AtomicInteger();
    List<Callable<Boolean>> spenders = new ArrayList<>();
    for (int thread = 0; thread < 16; thread++) {
      int most = thread % 7 + 1;
      spenders.add(() -> {
        int taken;
        while ((taken = budget.reserve(most)) > 0) {
          int used = attempts.getAndIncrement() % 3 == 0 ? taken - 1 : taken;
          counted.addAndGet(used);
          budget.settle(taken, used);
        }
        return true;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (Future<Boolean> spender : threads.invokeAll(spenders)) {
        assertThat(spender.get()).isTrue();
      }
    }
    assertThat(counted).hasValue(10_000);
  }

  @Test
  void aClosedBudgetGivesNothing() throws InterruptedException {
    Budget budget = new Budget(5);
    assertThat(budget.reserve(2)).isEqualTo(2);
    budget.close();
    budget.settle(2, 0);
    assertThat(budget.reserve(1)).isZero();
  }

  @Test
  void asksForARoundWhenNobodyGetsAnythingAndEndsAfterTwoInVain() throws InterruptedException {
    AtomicInteger rounds = new AtomicInteger();
    Supply supply = new Supply(2, rounds::incrementAndGet);

    assertThat(supply.empty(0)).isEqualTo(Outlook.WAIT);
    assertThat(supply.empty(0)).isEqualTo(Outlook.WAIT);
    assertThat(supply.empty(1)).isEqualTo(Outlook.ASK_AGAIN);
    assertThat(supply.empty(1)).isEqualTo(Outlook.WAIT);
    assertThat(supply.empty(0)).isEqualTo(Outlook.ASK_AGAIN);
    assertThat(supply.empty(0)).isEqualTo(Outlook.WAIT);
    assertThat(supply.empty(1)).isEqualTo(Outlook.USED_UP);
    assertThat(rounds).hasValue(2);
    supply.filled();
    assertThat(supply.empty(0)).isEqualTo(Outlook.WAIT);
    assertThat(supply.empty(1)).isEqualTo(Outlook.ASK_AGAIN);
  }

  @Test
  void theCrewFollowsOptionsAndData() {
    DataSet generated = GeneratedData.make(1);
    assertThat(Crew.of(Options.parse(), generated)).isEqualTo(new Crew(4, 1));
    assertThat(Crew.of(Options.parse("--overlap=6"), generated)).isEqualTo(new Crew(6, 6));

    DataSet triple =
        new DataSet(
            "triple",
            List.of(),
            new float[0][],
            new RecordedChoices(
                Map.of(new Pair(0, 1), List.of(Preference.LEFT, Preference.TIE, Preference.LEFT))));
    assertThat(Crew.of(Options.parse(), triple)).isEqualTo(new Crew(3, 3));
    assertThatThrownBy(() -> Crew.of(Options.parse("--annotators=4"), triple))
        .isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> Crew.of(Options.parse("--annotators=2"), triple))
        .isInstanceOf(UsageException.class);
  }
}
