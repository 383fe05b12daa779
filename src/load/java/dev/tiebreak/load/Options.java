package dev.tiebreak.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is asked of the run, by system properties {@code load.*}.
 *
 * @param leases calls of next-batch a second
 * @param verdicts verdicts a second
 * @param alone the share of the verdicts that are sent one by one
 * @param together verdicts in each array of the others
 * @param annotators at work at the same time
 * @param batch comparisons that a round selects
 * @param prompts of each project at first, with 120 pairs each
 * @param overload how many times as much the overload offers
 * @param goals whether a missed goal fails the run
 */
record Options(
    double leases,
    double verdicts,
    double alone,
    int together,
    int annotators,
    int projects,
    int batch,
    int prompts,
    Duration warmUp,
    Duration steady,
    double overload,
    Duration overloaded,
    Duration recovery,
    Duration recovered,
    long seed,
    boolean goals,
    Path jar,
    Path directory,
    List<String> jvm) {

  static Options ofSystem() {
    return new Options(
        number("leases", 300),
        number("verdicts", 1000),
        number("alone", 0.4),
        (int) number("together", 10),
        (int) number("annotators", 400),
        (int) number("projects", 3),
        (int) number("batch", 10_000),
        (int) number("prompts", 1_000),
        seconds("warmup", 60),
        Duration.ofMillis((long) (60_000 * number("minutes", 10))),
        number("overload", 10),
        seconds("overloaded", 60),
        seconds("recovery", 10),
        seconds("recovered", 60),
        (long) number("seed", 1),
        Boolean.parseBoolean(System.getProperty("load.goals", "true")),
        Path.of(System.getProperty("load.jar", "target/tiebreak.jar")),
        Path.of(System.getProperty("load.directory", "target/load")),
        List.of(System.getProperty("load.jvm", "-Xmx1g").split(" ")));
  }

  private static double number(String name, double otherwise) {
    return Double.parseDouble(System.getProperty("load." + name, Double.toString(otherwise)));
  }

  private static Duration seconds(String name, double otherwise) {
    return Duration.ofMillis((long) (1000 * number(name, otherwise)));
  }
}
