package dev.tiebreak.load;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * A part of the run.
 *
 * @param factor how many times the usual load is offered
 */
record Phase(String name, Duration length, double factor) {

  private static final double GIVEN_BACK = 0.04;
  private static final double PROGRESS_PER_SECOND = 5;
  private static final double SCRAPES_PER_SECOND = 0.1;
  private static final double UPLOADS_PER_SECOND = 0.1;

  /** Calls a second; what machines send does not grow with the floor. */
  Map<Call, Double> rates(Options options) {
    double alone = options.verdicts() * options.alone();
    Map<Call, Double> rates = new EnumMap<>(Call.class);
    rates.put(Call.NEXT_BATCH, factor * options.leases());
    rates.put(Call.VERDICT, factor * alone);
    rates.put(Call.VERDICTS, factor * (options.verdicts() - alone) / options.together());
    rates.put(Call.GIVE_BACK, factor * GIVEN_BACK * options.verdicts());
    rates.put(Call.PROGRESS, factor * PROGRESS_PER_SECOND);
    rates.put(Call.METRICS, SCRAPES_PER_SECOND);
    rates.put(Call.UPLOAD, UPLOADS_PER_SECOND);
    rates.values().removeIf(rate -> rate <= 0);
    return rates;
  }
}
