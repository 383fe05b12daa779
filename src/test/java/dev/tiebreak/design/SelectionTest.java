package dev.tiebreak.design;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SelectionTest {

  @Test
  void spreadsTheRandomArmEvenlyAndKeepsTheOrderOfEachArm() {
    for (int size = 0; size <= 40; size++) {
      for (int random = 0; random <= size; random++) {
        check(size, random);
      }
    }
  }

  private static void check(int size, int random) {
    List<SelectedPair> pairs =
        IntStream.range(0, size)
            .mapToObj(i -> pair(i, i < random ? Arm.RANDOM : Arm.DESIGN))
            .toList();
    BatchDiagnostics none = new BatchDiagnostics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    List<SelectedPair> order = new Selection(pairs, size, none).askingOrder();
    assertThat(order).containsExactlyInAnyOrderElementsOf(pairs);
    for (Arm arm : Arm.values()) {
      assertThat(order.stream().filter(pair -> pair.arm() == arm).map(SelectedPair::a)).isSorted();
    }
    int drawn = 0;
    for (int i = 0; i < size; i++) {
      drawn += order.get(i).arm() == Arm.RANDOM ? 1 : 0;
      double even = (i + 1.0) * random / size;
      assertThat(drawn).isBetween((int) Math.floor(even - 0.5), (int) Math.ceil(even + 0.5));
    }
  }

  private static SelectedPair pair(int i, Arm arm) {
    return new SelectedPair(i, i + 1, arm, 0, 0.5, 0, null);
  }
}
