package dev.tiebreak.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class ScoreTest {

  /** Of losses 1 to 5: mean 3, standard deviation √2.5, t(4) = 2.776. */
  @Test
  void givesTheMeanLossWithATInterval() {
    Interval loss = Objects.requireNonNull(new Score(5, 1, 3.5, 15, 55).meanLogLoss());

    assertThat(loss.value()).isEqualTo(3);
    assertThat(loss.upper()).isCloseTo(3 + 2.776445 * Math.sqrt(0.5), within(0.01));
    assertThat(loss.lower()).isCloseTo(3 - 2.776445 * Math.sqrt(0.5), within(0.01));
  }

  @Test
  void countsHalves() {
    Score score = new Score(4, 2, 2, 1, 1);

    assertThat(Objects.requireNonNull(score.accuracy()).value()).isEqualTo(0.5);
    // one right, one wrong, two halves
    assertThat(score.correctSquared()).isEqualTo(1.5);
  }

  @Test
  void saysLittleOfLittle() {
    assertThat(Score.NONE.accuracy()).isNull();
    assertThat(Score.NONE.meanLogLoss()).isNull();
    assertThat(new Score(4, 0, 4, 2, 1).meanLogLoss()).isEqualTo(new Interval(0.5, null, null));
  }
}
