package dev.tiebreak.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

  private static final List<String> PROMPTS =
      IntStream.range(0, 60).mapToObj(prompt -> "p" + prompt).toList();

  @Test
  void holdsPromptsOutBySeedAlone() {
    Split split = Split.of(PROMPTS, 0.2, new Coin(5));
    assertThat(split.heldOut()).hasSize(12);
    assertThat(split.training()).hasSize(48).doesNotContainAnyElementsOf(split.heldOut());
    assertThat(Split.of(PROMPTS.reversed(), 0.2, new Coin(5))).isEqualTo(split);
    assertThat(Split.of(PROMPTS, 0.2, new Coin(6))).isNotEqualTo(split);
    assertThat(Split.of(PROMPTS, 0.0001, new Coin(5)).heldOut()).hasSize(1);
    assertThat(Split.of(PROMPTS, 0.9999, new Coin(5)).training()).hasSize(1);
  }

  @Test
  void needsAPromptForEachSide() {
    assertThatThrownBy(() -> Split.of(List.of("p", "p"), 0.5, new Coin(1)))
        .hasMessage("1 prompts < 2");
  }
}
