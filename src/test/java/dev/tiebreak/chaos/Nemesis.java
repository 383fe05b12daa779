package dev.tiebreak.chaos;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Does faults one after the other, as a seed says: the same seed, the same schedule. */
final class Nemesis {

  private static final double BACK = 0.95;
  private static final long WINDOW_MILLIS = 1000;
  private static final long RECOVERY_MILLIS = 40_000;

  private final World world;
  private final Rounds rounds;
  private final Random random;
  private final List<Fault> kinds;
  private final boolean measured;
  private final List<Event> events = Collections.synchronizedList(new ArrayList<>());

  /**
   * A fault that was done.
   *
   * @param recoveryMillis until the rate was back; −1: it was not waited for; −2: it was not back
   */
  record Event(long at, Fault fault, String detail, long recoveryMillis) {}

  /** A fault as planned. */
  private record Planned(Fault fault, int replica, long millis, long pauseMillis) {}

  /**
   * A nemesis.
   *
   * @param measured whether it waits after each fault until the rate is back
   */
  Nemesis(World world, Rounds rounds, long seed, List<Fault> kinds, boolean measured) {
    this.world = world;
    this.rounds = rounds;
    this.random = new Random(seed);
    this.kinds = kinds;
    this.measured = measured;
  }

  /** Goes on until the run is over: each kind once in a drawn order, then all again. */
  Void run(BooleanSupplier over) throws IOException, SQLException, InterruptedException {
    List<Planned> left = new ArrayList<>();
    while (!over.getAsBoolean()) {
      if (left.isEmpty()) {
        left = plan();
      }
      Planned next = left.removeFirst();
      Thread.sleep(next.pauseMillis);
      if (!over.getAsBoolean()) {
        happen(next);
      }
    }
    return null;
  }

  private List<Planned> plan() {
    List<Fault> order = new ArrayList<>(kinds);
    Collections.shuffle(order, random);
    List<Planned> plan = new ArrayList<>();
    for (Fault fault : order) {
      plan.add(
          new Planned(
              fault,
              random.nextInt(world.replicas().size()),
              fault.isHeavy() ? 3000 + random.nextInt(4000) : 500 + random.nextInt(2000),
              200 + random.nextInt(800)));
    }
    System.out.println("chaos schedule: " + plan);
    return plan;
  }

  /** Once, whatever the schedule. */
  void happen(Fault fault, int replica, long millis)
      throws IOException, SQLException, InterruptedException {
    happen(new Planned(fault, replica, millis, 0));
  }

  private void happen(Planned planned) throws IOException, SQLException, InterruptedException {
    Traffic traffic = world.traffic();
    long at = traffic.now();
    double before = usual(at);
    Fault.Done done;
    try {
      done = planned.fault.happen(world, rounds, planned.replica, planned.millis);
    } catch (SQLException unavailable) {
      done = new Fault.Done(at, "not done: " + unavailable.getMessage());
    }
    long recovery = measured ? recovery(done.since(), before) : -1;
    events.add(new Event(at, planned.fault, done.detail(), recovery));
    System.out.printf(
        "chaos %6.1f s %-21s %s%s%n",
        at / 1000.0, planned.fault, done.detail(), recovery == -1 ? "" : " back after " + recovery);
  }

  /** The median of the last seconds. */
  private double usual(long now) {
    return java.util.stream.LongStream.range(0, 9)
        .mapToDouble(i ->
            world.traffic().rate(now - (i + 2) * WINDOW_MILLIS / 2, now - i * WINDOW_MILLIS / 2))
        .sorted()
        .toArray()[4];
  }

  private long recovery(long since, double before) throws InterruptedException {
    for (long t = since; t < since + RECOVERY_MILLIS; t += Traffic.BIN_MILLIS) {
      while (world.traffic().now() < t + WINDOW_MILLIS + Traffic.BIN_MILLIS) {
        Thread.sleep(50);
      }
      if (world.traffic().rate(t, t + WINDOW_MILLIS) >= BACK * before) {
        return t - since;
      }
    }
    return -2;
  }

  List<Event> events() {
    return List.copyOf(events);
  }
}
