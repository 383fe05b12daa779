package dev.tiebreak.insight;

import dev.tiebreak.round.RoundPublished;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** After each round: its forecast, while its numbers are still in memory, and the sums. */
@Component
class RoundListener {

  private final Forecaster forecaster;
  private final RoundForecasts forecasts;
  private final LogTally tally;

  RoundListener(Forecaster forecaster, RoundForecasts forecasts, LogTally tally) {
    this.forecaster = forecaster;
    this.forecasts = forecasts;
    this.tally = tally;
  }

  @EventListener
  void published(RoundPublished round) {
    long projectId = round.project().projectId();
    @Nullable Forecast forecast =
        forecaster.forecast(
            round.fit(),
            round.problem(),
            round.selection().askingOrder(),
            round.project().settings().overlap(),
            leavesSome(round));
    forecasts.store(projectId, round.number(), forecast);
    tally.advance(projectId);
  }

  /** Whether candidates are left; there may be where the selection saw but a sample of them. */
  private static boolean leavesSome(RoundPublished round) {
    Long limit = round.project().settings().candidateLimit();
    long candidates = round.selection().candidates();
    return candidates > round.selection().pairs().size() || (limit != null && limit == candidates);
  }
}
