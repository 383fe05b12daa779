package dev.tiebreak.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void estimatesByTheMeanOfTheCellsDone() {
    // 4 cells took 8 s in all: 6 more at 2 s, two at a time
    ReplayView.Progress progress = ReplayView.Progress.of(10, 4, 8000, 2, true);
    assertThat(progress.share()).isEqualTo(0.4);
    assertThat(progress.secondsLeft()).isNotNull().isEqualTo(6, within(1e-12));
  }

  @Test
  void doesNotGuessBeforeTheFirstNorAfterTheEnd() {
    assertThat(ReplayView.Progress.of(10, 0, 0, 2, true).secondsLeft()).isNull();
    assertThat(ReplayView.Progress.of(10, 4, 8000, 2, false).secondsLeft()).isNull();
    assertThat(ReplayView.Progress.of(10, 4, 8000, 0, true).secondsLeft()).isNull();
  }
}
