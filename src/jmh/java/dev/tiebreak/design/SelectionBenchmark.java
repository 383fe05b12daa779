package dev.tiebreak.design;

import com.sun.management.OperatingSystemMXBean;
import dev.tiebreak.linalg.Backend;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.UnavailableBackendException;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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

/** Whole selections, {@link Design#select}. */
@NullMarked
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 30)
@Measurement(iterations = 7)
@Fork(value = 1, jvmArgsAppend = "-Xmx8g")
public class SelectionBenchmark {

  /** A problem, made once. */
  @State(Scope.Benchmark)
  public static class Input {
    /** From what. */
    @Param public SelectionWork work = SelectionWork.ALL_5000_64;

    /** How. */
    @Param({"D_OPTIMAL", "GREEDY_D_OPTIMAL"})
    public Strategy strategy = Strategy.D_OPTIMAL;

    /** On what linear algebra. */
    @Param("AUTO")
    public Backend backend = Backend.AUTO;

    private @Nullable LinearAlgebra linearAlgebra;
    private DesignProblem problem = SelectionWork.ALL_5000_64.problem(Strategy.RANDOM);

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
