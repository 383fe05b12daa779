package dev.tiebreak.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** A figure that the run is to reach. */
record Goal(String name, double found, String relation, double wanted, boolean met) {

  private static final double RATE_NOISE = 0.99;
  private static final double MOST_P99_MILLIS = 150;
  private static final double MOST_REFUSAL_MILLIS = 100;
  private static final double LEAST_GOODPUT = 0.8;
  private static final List<Call> JUDGED = List.of(Call.NEXT_BATCH, Call.VERDICT, Call.VERDICTS);

  private static Goal least(String name, double found, double wanted) {
    return new Goal(name, found, ">=", wanted, found >= wanted);
  }

  private static Goal most(String name, double found, double wanted) {
    return new Goal(name, found, "<=", wanted, found <= wanted);
  }

  /** The usual load is borne: all that is offered is served in time. */
  static List<Goal> usual(PhaseResult result, Options options) {
    String phase = result.phase().name();
    Measurements measurements = result.measurements();
    List<Goal> goals = new ArrayList<>();
    goals.add(
        least(
            phase + ": next-batch a second",
            result.nextBatchesPerSecond(),
            RATE_NOISE * options.leases()));
    goals.add(
        least(
            phase + ": verdicts a second",
            result.verdictsPerSecond(),
            RATE_NOISE * options.verdicts()));
    for (Call call : JUDGED) {
      goals.add(most(phase + ": p99 of " + call, p99(measurements.served(call)), MOST_P99_MILLIS));
    }
    goals.add(most(phase + ": errors", measurements.errors(), 0));
    goals.add(most(phase + ": refused", measurements.refused().getTotalCount(), 0));
    return goals;
  }

  /** Ten times as much is shed: what is served is near the usual, the rest is refused at once. */
  static List<Goal> overload(PhaseResult overloaded, PhaseResult usual) {
    Measurements measurements = overloaded.measurements();
    return List.of(
        least(
            "overload: goodput of next-batch",
            overloaded.nextBatchesPerSecond() / usual.nextBatchesPerSecond(),
            LEAST_GOODPUT),
        least(
            "overload: goodput of verdicts",
            overloaded.verdictsPerSecond() / usual.verdictsPerSecond(),
            LEAST_GOODPUT),
        most("overload: p99 of refusals", p99(measurements.refused()), MOST_REFUSAL_MILLIS),
        most("overload: errors", measurements.errors(), 0));
  }

  static List<Goal> kept(LogCheck log) {
    return List.of(
        most("acknowledged verdicts lost", log.lost(), 0),
        most("verdicts over-asked or numbered twice", (double) log.overAsked() + log.twice(), 0),
        most("verdicts that nobody sent", Math.max(0, log.unexpected() - log.uncertain()), 0));
  }

  private static double p99(Histogram micros) {
    return micros.getValueAtPercentile(99) / 1000.0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s: %s %.2f %s %.2f", met ? "met" : "MISSED", name, found, relation, wanted);
  }
}
