package dev.tiebreak.design;

import com.sun.management.OperatingSystemMXBean;
import dev.tiebreak.linalg.Backend;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.linalg.UnavailableBackendException;
import dev.tiebreak.preference.Judgements;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whole selections, {@link Design#select}, of normal features with E‖x‖² = 1, prior precision ¼ and
 * weights drawn with standard deviation 2 (reward differences of 2 logits).
 */
@NullMarked
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 30)
@Measurement(iterations = 7)
@Fork(value = 1, jvmArgsAppend = "-Xmx8g")
public class SelectionBenchmark {

  /** What is selected from. */
  public enum Work {
    /** 12.5 million pairs. */
    ALL_5000_64(5_000, 64, 500, Pairing.ANY, 0),
    /** 12.5 million pairs. */
    ALL_5000_384(5_000, 384, 500, Pairing.ANY, 0),
    /** 10⁸ pairs. */
    ALL_14143_64(14_143, 64, 125, Pairing.ANY, 0),
    /** 1.25 · 10⁹ pairs. */
    ALL_50000_64(50_000, 64, 500, Pairing.ANY, 0),
    /** 40,000 prompts × 10 responses. */
    PROMPTS_400000_64(400_000, 64, 500, Pairing.IN_PROMPT, 0),
    /** 40,000 prompts × 10 responses. */
    PROMPTS_400000_384(400_000, 384, 500, Pairing.IN_PROMPT, 0),
    /** 20,000 pairs of 20,000 responses. */
    LISTED_20000_64(20_000, 64, 500, Pairing.ANY, 20_000),
    /** 20,000 pairs of 20,000 responses. */
    LISTED_20000_384(20_000, 384, 500, Pairing.ANY, 20_000);

    private final int rows;
    private final int columns;
    private final int batchSize;
    private final Pairing pairing;
    private final int limit;

    Work(int rows, int columns, int batchSize, Pairing pairing, int limit) {
      this.rows = rows;
      this.columns = columns;
      this.batchSize = batchSize;
      this.pairing = pairing;
      this.limit = limit;
    }

    DesignProblem problem(Strategy strategy) {
      Random random = new Random(1);
      Matrix features = Matrix.zeros(rows, columns);
      for (int i = 0; i < features.values().length; i++) {
        features.values()[i] = random.nextGaussian() / Math.sqrt(2.0 * columns);
      }
      double[] coefficients = new double[columns];
      for (int j = 0; j < columns; j++) {
        coefficients[j] = 2 * random.nextGaussian();
      }
      return new DesignProblem(
          features,
          FloatMatrix.allocate(rows, 0),
          IntStream.range(0, rows).map(i -> i / 10).toArray(),
          coefficients,
          Matrix.scaledIdentity(columns, 0.25),
          Judgements.none(),
          Pairs.none(),
          PairSet.none(),
          pairing,
          strategy,
          batchSize,
          0,
          limit == 0 ? null : limit,
          1);
    }
  }

  /** A problem, made once. */
  @State(Scope.Benchmark)
  public static class Input {
    /** From what. */
    @Param public Work work = Work.ALL_5000_64;

    /** How. */
    @Param({"D_OPTIMAL", "GREEDY_D_OPTIMAL"})
    public Strategy strategy = Strategy.D_OPTIMAL;

    /** On what linear algebra. */
    @Param("AUTO")
    public Backend backend = Backend.AUTO;

    private @Nullable LinearAlgebra linearAlgebra;
    private DesignProblem problem = Work.ALL_5000_64.problem(Strategy.RANDOM);

    /** Makes it. */
    @Setup(Level.Trial)
    public void make() throws UnavailableBackendException {
      linearAlgebra = backend.open(Runtime.getRuntime().availableProcessors()).algebra();
      problem = work.problem(strategy);
    }
  }

  /** CPU time of the whole process, garbage collection and compilation included. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Processor {
    /** In all measured iterations together: JMH adds them up. */
    public double cpuMillis;
  }

  /** A selection, the batch's diagnostics included. */
  @Benchmark
  public Selection select(Input input, Processor processor) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    Selection selection = Design.select(input.problem, Objects.requireNonNull(input.linearAlgebra));
    processor.cpuMillis = (system.getProcessCpuTime() - before) / 1e6;
    return selection;
  }
}
