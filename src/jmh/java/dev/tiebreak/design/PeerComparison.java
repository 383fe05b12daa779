package dev.tiebreak.design;

import com.sun.management.OperatingSystemMXBean;
import dev.tiebreak.linalg.Backend;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.UnavailableBackendException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Selections beside those of {@code src/jmh/peers/selection.py} on the same problems in the same
 * run: CPU seconds of both, and whether they chose the same. Prints a table in Markdown.
 */
@NullMarked
public final class PeerComparison {

  private static final int WARM_UPS = 20;
  private static final int RUNS = 7;

  private record Case(SelectionWork work, Strategy strategy, String method) {}

  private record Ours(double cpuSeconds, long[] pairs) {}

  private static final List<Case> CASES =
      List.of(
          new Case(SelectionWork.LISTED_20000_64, Strategy.D_OPTIMAL, "numpy-top-k"),
          new Case(SelectionWork.LISTED_20000_64, Strategy.D_OPTIMAL, "published-top-k"),
          new Case(SelectionWork.LISTED_20000_64, Strategy.GREEDY_D_OPTIMAL, "numpy-greedy"),
          new Case(SelectionWork.LISTED_20000_384, Strategy.D_OPTIMAL, "numpy-top-k"),
          new Case(SelectionWork.ALL_5000_64, Strategy.D_OPTIMAL, "numpy-top-k"),
          new Case(SelectionWork.ALL_1000_64, Strategy.GREEDY_D_OPTIMAL, "numpy-greedy"),
          new Case(SelectionWork.PROMPTS_400000_64, Strategy.GREEDY_D_OPTIMAL, "numpy-greedy"),
          new Case(SelectionWork.ALL_1000_64, Strategy.D_OPTIMAL, "published-top-k"));

  private PeerComparison() {}

  /**
   * Runs all cases, or those of one method.
   *
   * @param arguments the script, and optionally a method
   */
  public static void main(String... arguments)
      throws IOException, InterruptedException, UnavailableBackendException {
    LinearAlgebra algebra = Backend.AUTO.open(Runtime.getRuntime().availableProcessors()).algebra();
    System.out.println(
        "| work | strategy | peer | its CPU s | its memory | ours, CPU s | ratio | picks |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (Case task : CASES) {
      if (arguments.length < 2 || task.method.equals(arguments[1])) {
        compare(task, Path.of(arguments[0]), algebra);
      }
    }
  }

  private static void compare(Case task, Path script, LinearAlgebra algebra)
      throws IOException, InterruptedException {
    DesignProblem problem = task.work.problem(task.strategy);
    Ours ours = select(problem, algebra);
    Path folder = Files.createTempDirectory("tiebreak-peer");
    try {
      Pairs candidates = candidates(problem);
      write(folder, problem, candidates);
      JsonNode peer = run(script, folder, task.method);
      long[] picks =
          peer.get("picks")
              .valueStream()
              .mapToLong(pick -> pair(candidates, pick.asInt()))
              .toArray();
      System.out.printf(
          "| %s | %s | %s | %.3f | %,d MB | %.4f | %.0f | %s |%n",
          task.work,
          task.strategy,
          task.method,
          peer.get("cpuSeconds").asDouble(),
          peer.get("peakBytes").asLong() / 1_000_000,
          ours.cpuSeconds,
          peer.get("cpuSeconds").asDouble() / ours.cpuSeconds,
          agreement(ours, picks));
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  /** The median of warm runs. */
  private static Ours select(DesignProblem problem, LinearAlgebra algebra) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double[] seconds = new double[RUNS];
    Selection selection = Design.select(problem, algebra);
    int warmUps = problem.features().rows() > 100_000 ? 2 : WARM_UPS;
    for (int i = -warmUps; i < RUNS; i++) {
      long before = system.getProcessCpuTime();
      selection = Design.select(problem, algebra);
      if (i >= 0) {
        seconds[i] = (system.getProcessCpuTime() - before) / 1e9;
      }
    }
    Arrays.sort(seconds);
    return new Ours(
        seconds[RUNS / 2],
        selection.pairs().stream().mapToLong(pair -> PairSet.pack(pair.a(), pair.b())).toArray());
  }

  private static Pairs candidates(DesignProblem problem) {
    CandidateSet set = CandidateSet.of(problem, new Uniform(problem.seed()));
    int count = Math.toIntExact(set.count());
    int[] a = new int[count];
    int[] b = new int[count];
    int[] partners = new int[set.widestRow()];
    int place = 0;
    for (int row = 0; row < set.rows(); row++) {
      int found = set.partners(row, 0, set.rows(), partners);
      Arrays.fill(a, place, place + found, row);
      System.arraycopy(partners, 0, b, place, found);
      place += found;
    }
    return new Pairs(a, b);
  }

  private static long pair(Pairs candidates, int place) {
    return PairSet.pack(candidates.a()[place], candidates.b()[place]);
  }

  private static void write(Path folder, DesignProblem problem, Pairs candidates)
      throws IOException {
    int rows = problem.features().rows();
    Files.write(folder.resolve("features.f64"), bytes(problem.features().values()));
    Files.write(folder.resolve("coefficients.f64"), bytes(problem.coefficients()));
    Files.write(folder.resolve("a.i32"), bytes(candidates.a()));
    Files.write(folder.resolve("b.i32"), bytes(candidates.b()));
    Files.writeString(
        folder.resolve("shape.json"),
        """
        {"rows": %d, "columns": %d, "batchSize": %d, "precision": %s, "allPairs": %s}
        """
            .formatted(
                rows,
                problem.features().columns(),
                problem.batchSize(),
                problem.information().get(0, 0),
                candidates.size() == (long) rows * (rows - 1) / 2));
  }

  private static byte[] bytes(double[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asDoubleBuffer().put(values);
    return buffer.array();
  }

  private static byte[] bytes(int[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asIntBuffer().put(values);
    return buffer.array();
  }

  private static JsonNode run(Path script, Path folder, String method)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("/usr/bin/python3", script.toString(), folder.toString(), method)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream output = process.getInputStream()) {
      String line = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(script + " " + method + " ended with " + process.exitValue());
      }
      return JsonMapper.shared().readTree(line);
    }
  }

  /** Whether both picked the same set. */
  private static String agreement(Ours ours, long[] picks) {
    Set<Long> theirs = LongStream.of(picks).boxed().collect(Collectors.toSet());
    long others = LongStream.of(ours.pairs).filter(pair -> !theirs.contains(pair)).count();
    return others == 0 ? "the same" : "%d of %d differ".formatted(others, ours.pairs.length);
  }
}
