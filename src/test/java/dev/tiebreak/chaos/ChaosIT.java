package dev.tiebreak.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The service under faults, as docs/chaos.md draws it. Short here; {@code mvn verify -Pchaos
 * -Dchaos.seed=… -Dchaos.minutes=… -Dchaos.faults=…} runs it as long as wanted.
 */
class ChaosIT {

  private static final long SEED = Long.getLong("chaos.seed", 1);
  private static final double MINUTES =
      Double.parseDouble(System.getProperty("chaos.minutes", "1.2"));
  private static final String FAULTS = System.getProperty("chaos.faults", "");
  private static final int ANNOTATORS = Integer.getInteger("chaos.annotators", 12);

  /** From here on a run has time for faults that stand alone and for a storm of them. */
  private static final double LONG_MINUTES = 3;

  @Test
  void losesNothingAndKeepsWorkingWhateverBreaks() throws Exception {
    System.out.printf("chaos seed=%d minutes=%s faults=%s%n", SEED, MINUTES, FAULTS);
    try (Launcher launcher = Launcher.in(ChaosRun.DIRECTORY);
        ChaosRun run =
            new ChaosRun(launcher, World.Plan.of(3), ChaosRun.Load.of(ANNOTATORS, SEED))) {
      run.begin();
      List<Fault> kinds = kinds();
      Duration duration = Duration.ofMillis((long) (MINUTES * 60_000));
      boolean alone = MINUTES < LONG_MINUTES;
      Duration first = alone ? duration : duration.dividedBy(3);
      run.faults(first, true, List.of(kinds));
      if (!alone) {
        run.faults(duration.minus(first), false, lanes(kinds));
      }
      run.probe();
      Findings findings = run.end(alone);
      String report = report(run, findings);
      System.out.println(report);
      write(report);
      assertThat(findings.failed()).as(report + again()).isEmpty();
      assertThat(run.events()).as(again()).isNotEmpty();
    }
  }

  private static List<Fault> kinds() {
    return FAULTS.isBlank()
        ? List.of(Fault.values())
        : Arrays.stream(FAULTS.split(",")).map(Fault::valueOf).toList();
  }

  private static List<List<Fault>> lanes(List<Fault> kinds) {
    List<Fault> heavy = kinds.stream().filter(Fault::isHeavy).toList();
    List<Fault> light = kinds.stream().filter(fault -> !fault.isHeavy()).toList();
    return Stream.of(heavy, light).filter(lane -> !lane.isEmpty()).toList();
  }

  private static String report(ChaosRun run, Findings findings) {
    return "Chaos run, seed %d, %s minutes, %d faults of %d kinds%n%s%s"
        .formatted(
            SEED,
            MINUTES,
            run.events().size(),
            run.events().stream().map(Nemesis.Event::fault).distinct().count(),
            findings.report(),
            Recoveries.report(run.events()));
  }

  private static void write(String report) throws Exception {
    Files.writeString(ChaosRun.DIRECTORY.resolve("report-" + SEED + ".txt"), report);
  }

  private static String again() {
    return "Again: mvn verify -Pchaos -Dchaos.seed=%d -Dchaos.minutes=%s -Dchaos.faults=%s"
        .formatted(SEED, MINUTES, FAULTS);
  }
}
