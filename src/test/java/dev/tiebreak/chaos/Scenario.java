package dev.tiebreak.chaos;

import java.util.List;
import java.util.Map;

/**
 * A short run that brings one {@link Mutation} to light.
 *
 * @param verdicts to be acknowledged before the faults, and again after
 * @param faults each once
 */
record Scenario(World.Plan plan, ChaosRun.Load load, int verdicts, List<Step> faults) {

  private static final int LEASE_SECONDS = 3;
  private static final int CLOCK_AHEAD_MILLIS = 20_000;

  /** A fault of so long. */
  record Step(Fault fault, long millis) {}

  /** The one for this mutation; the service as it is must pass it too. */
  static Scenario of(Mutation mutation) {
    return switch (mutation) {
      case ASYNCHRONOUS_COMMIT -> scenario(mutation, 1, 0, new Step(Fault.DATABASE_KILLED, 0));
      case ACKNOWLEDGES_FIRST -> scenario(mutation, 1, 0, new Step(Fault.REPLICA_KILLED, 0));
      case NO_EPOCH -> scenario(mutation, 2, 4000, new Step(Fault.LEADER_FROZEN, 1500));
      case HOST_NAME_IDENTITY -> scenario(mutation, 2, 2500);
      case APPLICATION_CLOCK -> scenario(mutation, 2, 500);
      case NO_SOCKET_TIMEOUT ->
          scenario(
              mutation,
              1,
              0,
              new Step(Fault.LINK_SILENT, Client.PATIENCE.plusSeconds(5).toMillis()));
      default -> scenario(mutation, 1, 0);
    };
  }

  private static Scenario scenario(
      Mutation mutation, int replicas, long lingerMillis, Step... faults) {
    boolean skewed = mutation == Mutation.APPLICATION_CLOCK;
    boolean endless = mutation == Mutation.NO_SOCKET_TIMEOUT;
    List<Long> skews =
        replicas == 1 ? List.of(0L) : List.of(0L, skewed ? (long) CLOCK_AHEAD_MILLIS : 0L);
    return new Scenario(
        new World.Plan(
            mutation, false, lingerMillis, skews, endless ? "&socketTimeout=0" : "", endless),
        new ChaosRun.Load(
            10,
            LEASE_SECONDS,
            new Annotator.Habits(10, 0.1, 0.02, 0.25, 0.4, 50),
            1,
            Map.of("batchSize", 100, "lowWater", 50, "refitAfter", 30)),
        400,
        List.of(faults));
  }
}
