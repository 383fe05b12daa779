package dev.tiebreak.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.linalg.FloatMatrix;
import org.junit.jupiter.api.Test;

class MemoryTest {

  @Test
  void runsAsManyCellsAsAreWantedWhereTheyAreSmall() {
    ReplayData small = Examples.gold(3, 3, 3, 1);
    assertThat(Memory.threads(small, Examples.settings(Source.GOLD).get(), 7)).isEqualTo(7);
  }

  @Test
  void runsOneWhereNotEvenTwoFit() {
    // features of 256 components in float64 for each of so many responses
    int rows = (int) (Runtime.getRuntime().maxMemory() / (8 * 256 * 6));
    ReplayData large =
        new ReplayData(
            1,
            FloatMatrix.allocate(0, 300),
            new int[rows],
            new String[0],
            new String[0],
            new double[0],
            Recorded.NONE);
    assertThat(Memory.threads(large, Examples.settings(Source.GOLD).get(), 7)).isOne();
  }

  @Test
  void countsTheCopiesOfEmbeddingsBesideTheFeatures() {
    // 256 components in float64 for each response take 12 KiB; two copies of 16,384 numbers 128 KiB
    int rows = (int) (Runtime.getRuntime().maxMemory() / (4 * 128 * 1024));
    ReplayData wide =
        new ReplayData(
            1,
            FloatMatrix.allocate(0, 16_384),
            new int[rows],
            new String[0],
            new String[0],
            new double[0],
            Recorded.NONE);
    assertThat(Memory.threads(wide, Examples.settings(Source.GOLD).get(), 7)).isLessThan(3);
  }
}
