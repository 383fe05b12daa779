package dev.tiebreak.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The checks bite: each {@link Mutation} of the service is found by the check that it names, and
 * the service as it is passes the same scenario. {@code mvn verify -Pchaos} runs all, or those that
 * {@code -Dchaos.mutants=…} names.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutantsIT {

  private static final String FEW = "NO_FENCE,NO_ROW_LOCK";

  private Launcher launcher;

  @BeforeAll
  void unpack() throws Exception {
    launcher = Launcher.in(ChaosRun.DIRECTORY);
  }

  @AfterAll
  void remove() throws Exception {
    launcher.close();
  }

  static List<Mutation> mutants() {
    String named = System.getProperty("chaos.mutants", FEW);
    return named.equals("ALL")
        ? List.of(Mutation.values())
        : Arrays.stream(named.split(",")).map(Mutation::valueOf).toList();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isCaughtByTheCheckThatItNames(Mutation mutation) throws Exception {
    Findings findings = findings(mutation);
    System.out.printf("chaos mutation=%s%n%s", mutation, findings.report());
    String again =
        "Again: mvn verify -Pchaos -Dchaos.mutants=" + mutation + "\n" + findings.report();
    if (mutation == Mutation.NONE) {
      assertThat(findings.failed()).as(again).isEmpty();
    } else {
      assertThat(findings.failed()).as(again).contains(mutation.caughtBy());
    }
  }

  private Findings findings(Mutation mutation) throws Exception {
    Scenario scenario = Scenario.of(mutation);
    try (ChaosRun run = new ChaosRun(launcher, scenario.plan(), scenario.load())) {
      run.begin();
      run.awaitVerdicts(scenario.verdicts());
      for (Scenario.Step step : scenario.faults()) {
        run.fault(step.fault(), 0, step.millis());
      }
      run.awaitVerdicts(scenario.verdicts());
      Findings findings = run.end(true);
      for (int rule = 0; rule < mutation.rules().size(); rule++) {
        assertThat(run.applied(rule)).as("rule %s finds a statement", rule).isTrue();
      }
      return findings;
    }
  }
}
