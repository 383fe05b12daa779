package dev.tiebreak.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class TopPairsTest {

  @Test
  void keepsTheBestInOrderWhateverTheOrderOfTheOffers() {
    Random random = new Random(1);
    for (int capacity : new int[] {0, 1, 3, 600, 2000, 9000}) {
      double[] scores = random.doubles(9000).map(s -> Math.floor(s * 300)).toArray();
      List<Integer> expected =
          IntStream.range(0, 9000)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
              .limit(capacity)
              .toList();
      TopPairs forwards = new TopPairs(capacity);
      TopPairs one = new TopPairs(capacity);
      TopPairs other = new TopPairs(capacity);
      for (int i = 0; i < 9000; i++) {
        forwards.offer(i, scores[i]);
        (i % 3 == 0 ? one : other).offer(8999 - i, scores[8999 - i]);
      }
      long[] pairs = expected.stream().mapToLong(i -> i).toArray();
      assertThat(forwards.finish().pairs()).containsExactly(pairs);
      assertThat(one.merge(other).finish().pairs()).containsExactly(pairs);
    }
  }

  @Test
  void sortsManyEqualScoresByPair() {
    TopPairs top = new TopPairs(50_000);
    LongStream.range(0, 200_000).map(i -> 199_999 - i).forEach(pair -> top.offer(pair, 0));
    assertThat(top.finish().pairs()).containsExactly(LongStream.range(0, 50_000).toArray());
  }

  @Test
  void holdsUnorderedPairsOnce() {
    PairSet set = PairSet.of(new Pairs(new int[] {5, 2, 9, 2}, new int[] {2, 5, 1, 3}));
    assertThat(set.size()).isEqualTo(3);
    assertThat(set.contains(5, 2)).isTrue();
    assertThat(set.contains(1, 9)).isTrue();
    assertThat(set.contains(1, 2)).isFalse();
    assertThat(Arrays.stream(set.packed()).mapToInt(PairSet::first)).containsExactly(1, 2, 2);
    assertThatThrownBy(() -> PairSet.of(new Pairs(new int[] {3}, new int[] {3})))
        .hasMessageContaining("(3, 3)");
  }
}
