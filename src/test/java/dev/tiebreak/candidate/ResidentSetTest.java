package dev.tiebreak.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResidentSetTest {

  private static byte[] bytes(float... numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      buffer.putFloat(number);
    }
    return buffer.array();
  }

  @Test
  void numbersPromptsAsTheyAppearAndAveragesInDoublePrecision() {
    ResidentSet resident = new ResidentSet(4, 2);
    resident.put(2, "c", "q", bytes(1e8f, 0.1f));
    resident.put(3, "a", "p", bytes(1, 0.1f));
    resident.put(7, "b", "q", bytes(-1e8f, 0.1f));
    resident.put(8, "d", "o", bytes(2, 0.1f));
    EmbeddingSet set = resident.set(5);
    assertThat(set.version()).isEqualTo(5);
    assertThat(set.embeddings().toArray())
        .containsExactly(1e8f, 0.1f, 1, 0.1f, -1e8f, 0.1f, 2, 0.1f);
    assertThat(set.promptOf()).containsExactly(0, 1, 0, 2);
    assertThat(set.promptIds()).containsExactly("q", "p", "o");
    assertThat(set.ordinals()).containsExactly(2, 3, 7, 8);
    assertThat(set.responseIds()).containsExactly("c", "a", "b", "d");
    assertThat(set.mean()).containsExactly(0.75, (double) 0.1f);
    assertThat(set.responses()).isEqualTo(4);
    assertThat(set.prompts()).isEqualTo(3);
    assertThat(set.rowOf(7)).isEqualTo(2);
    assertThatThrownBy(() -> set.rowOf(4)).hasMessage("no response 4 in version 5");
  }

  @Test
  void isEmptyForAProjectWithoutResponses() {
    EmbeddingSet set = new ResidentSet(0, 3).set(0);
    assertThat(set.responses()).isZero();
    assertThat(set.mean()).containsExactly(0, 0, 0);
  }

  @Test
  void refusesAnEmbeddingOfAnotherLength() {
    ResidentSet resident = new ResidentSet(2, 2);
    assertThatThrownBy(() -> resident.put(1, "a", "p", bytes(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatWasHandedOutNeverChanges() {
    ResidentSet resident = new ResidentSet(3, 1);
    resident.put(1, "a", "p", bytes(1));
    resident.put(2, "b", "q", bytes(2));
    EmbeddingSet first = resident.set(1);
    resident.put(1, "a", "z", bytes(-1));
    resident.put(3, "c", "q", bytes(3));
    EmbeddingSet second = resident.set(2);
    resident.grow(10);
    resident.put(4, "d", "z", bytes(4));
    resident.put(2, "b", "q", bytes(-2));
    EmbeddingSet third = resident.set(3);
    assertThat(first.embeddings().toArray()).containsExactly(1, 2);
    assertThat(first.promptIds()).containsExactly("p", "q");
    assertThat(first.mean()).containsExactly(1.5);
    assertThat(second.embeddings().toArray()).containsExactly(-1, 2, 3);
    assertThat(second.promptIds()).containsExactly("z", "q");
    assertThat(second.promptOf()).containsExactly(0, 1, 1);
    assertThat(third.embeddings().toArray()).containsExactly(-1, -2, 3, 4);
    assertThat(third.promptOf()).containsExactly(0, 1, 1, 0);
    assertThat(third.mean()).containsExactly(1);
    assertThat(third.responses()).isEqualTo(4);
  }

  @Test
  void isTheSameHoweverItCameAbout() {
    Random random = new Random(5);
    ResidentSet grown = new ResidentSet(1, 3);
    byte[][] newest = new byte[200][];
    String[] prompts = new String[200];
    int rows = 0;
    for (int version = 1; rows < 200; version++) {
      for (int i = 0; i < rows; i += 1 + random.nextInt(40)) {
        newest[i] = bytes(random.nextFloat(), random.nextFloat(), random.nextFloat());
        prompts[i] = "p" + random.nextInt(9);
        grown.put(i + 1, "r" + i, prompts[i], newest[i]);
      }
      for (int added = random.nextInt(30); added >= 0 && rows < 200; added--, rows++) {
        newest[rows] = bytes(random.nextFloat(), random.nextFloat(), random.nextFloat());
        prompts[rows] = "p" + random.nextInt(9);
        if (rows == grown.capacity()) {
          grown.grow(2 * rows);
        }
        grown.put(rows + 1, "r" + rows, prompts[rows], newest[rows]);
      }
      grown.set(version);
    }
    ResidentSet whole = new ResidentSet(200, 3);
    for (int i = 0; i < 200; i++) {
      whole.put(i + 1, "r" + i, prompts[i], newest[i]);
    }
    EmbeddingSet expected = whole.set(9);
    EmbeddingSet actual = grown.set(9);
    assertThat(actual.embeddings().toArray()).isEqualTo(expected.embeddings().toArray());
    assertThat(actual.promptOf()).isEqualTo(expected.promptOf());
    assertThat(actual.promptIds()).isEqualTo(expected.promptIds());
    assertThat(actual.ordinals()).isEqualTo(expected.ordinals());
    assertThat(actual.mean()).isEqualTo(expected.mean());
  }
}
