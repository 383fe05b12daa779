package dev.tiebreak.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.linalg.FloatMatrix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class EmbeddingSetTest {

  private static byte[] bytes(float... numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      buffer.putFloat(number);
    }
    return buffer.array();
  }

  @Test
  void numbersPromptsAsTheyAppearAndAveragesInDoublePrecision() {
    EmbeddingSetBuilder builder = new EmbeddingSetBuilder(FloatMatrix.allocate(4, 2));
    builder.add(2, "c", "q", bytes(1e8f, 0.1f));
    builder.add(3, "a", "p", bytes(1, 0.1f));
    builder.add(7, "b", "q", bytes(-1e8f, 0.1f));
    builder.add(8, "d", "o", bytes(2, 0.1f));
    EmbeddingSet set = builder.build(5);
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
    EmbeddingSet set = new EmbeddingSetBuilder(FloatMatrix.allocate(0, 3)).build(0);
    assertThat(set.responses()).isZero();
    assertThat(set.mean()).containsExactly(0, 0, 0);
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    EmbeddingSetBuilder builder = new EmbeddingSetBuilder(FloatMatrix.allocate(2, 2));
    assertThatThrownBy(() -> builder.add(1, "a", "p", bytes(1)))
        .isInstanceOf(IllegalStateException.class);
    builder.add(1, "a", "p", bytes(1, 2));
    assertThatThrownBy(() -> builder.build(1)).hasMessage("1 responses, but 2 counted");
  }
}
