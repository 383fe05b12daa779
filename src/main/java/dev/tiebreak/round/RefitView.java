package dev.tiebreak.round;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A round as its request sees it.
 *
 * @param stage what it is doing; null unless it is running
 * @param detail why it failed; null unless it has
 * @param result null until it is done
 */
record RefitView(
    long number,
    String state,
    Trigger trigger,
    @Nullable Stage stage,
    @Nullable String detail,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Result result) {

  /**
   * What a round led to.
   *
   * @param fit the round whose fit the batch was selected with: this one, or an earlier one that
   *     was reused as nothing had changed
   * @param verdicts that the fit has read
   * @param candidates that the batch was selected from
   * @param selected comparisons of the batch
   */
  record Result(long fit, long verdicts, long candidates, int selected) {}

  boolean hasEnded() {
    return finishedAt != null;
  }
}
