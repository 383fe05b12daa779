package dev.tiebreak.preference;

import com.sun.management.OperatingSystemMXBean;
import dev.tiebreak.linalg.Backend;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.UnavailableBackendException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Fits, from embeddings and verdicts to weights, H and its factor, on one thread. Embedding j is
 * normal with standard deviation (1 + j)^−0.6, weights are normal with 1.5, pairs cross prompts.
 * {@code peers/fit.py} makes the same kind of data.
 */
@NullMarked
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 8)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx8g")
public class FitBenchmark {

  /** Verdicts × dimensions. */
  public enum Work {
    /** Few. */
    V25_384(25, 384, 5_000),
    /** Few. */
    V100_384(100, 384, 5_000),
    /** A usual project. */
    V1000_384(1_000, 384, 5_000),
    /** A large one. */
    V10000_384(10_000, 384, 5_000),
    /** The largest of this dimension. */
    V100000_384(100_000, 384, 20_000),
    /** The most verdicts. */
    V1000000_64(1_000_000, 64, 20_000);

    private final int verdicts;
    private final int dimension;
    private final int responses;

    Work(int verdicts, int dimension, int responses) {
      this.verdicts = verdicts;
      this.dimension = dimension;
      this.responses = responses;
    }
  }

  /** A problem, made once; λ = 1, or under the SPECTRAL prior a = 1 and λ = 3. */
  @State(Scope.Benchmark)
  public static class Input {
    /** How much. */
    @Param public Work work = Work.V1000_384;

    /** The prior. */
    @Param public Prior prior = Prior.SPECTRAL;

    /** On what linear algebra. */
    @Param("AUTO")
    public Backend backend = Backend.AUTO;

    private @Nullable LastLayer lastLayer;
    private @Nullable EmbeddingSpectrum spectrum;
    private FloatMatrix embeddings = FloatMatrix.allocate(0, 0);
    private Judgements judgements = Judgements.none();
    private PriorSpecification given = PriorSpecification.automatic(Prior.SPECTRAL);
    private PriorSpecification chosen = PriorSpecification.automatic(Prior.SPECTRAL);
    private @Nullable Fit earlier;

    /** Makes it, and the fit without the last 1 % of verdicts. */
    @Setup(Level.Trial)
    public void make() throws UnavailableBackendException {
      LinearAlgebra algebra = backend.open(1).algebra();
      Random random = new Random(7);
      embeddings = embeddings(work.responses, work.dimension, random);
      judgements = judgements(embeddings, work.verdicts, random);
      int[] promptOf = IntStream.range(0, work.responses).map(i -> i / 10).toArray();
      spectrum = EmbeddingSpectrum.of(embeddings, promptOf, algebra);
      lastLayer = new LastLayer(algebra);
      boolean spectral = prior == Prior.SPECTRAL;
      given = new PriorSpecification(prior, spectral ? 3.0 : 1.0, spectral ? 1.0 : null);
      Fit open = fit(judgements, PriorSpecification.automatic(prior), null);
      chosen = new PriorSpecification(prior, open.priorPrecision(), open.priorExponent());
      int before = work.verdicts - work.verdicts / 100;
      earlier =
          fit(
              new Judgements(
                  Arrays.copyOf(judgements.a(), before),
                  Arrays.copyOf(judgements.b(), before),
                  Arrays.copyOf(judgements.y(), before)),
              given,
              null);
    }

    Fit fit(Judgements verdicts, PriorSpecification specification, double @Nullable [] warmStart) {
      return Objects.requireNonNull(lastLayer)
          .fit(embeddings, Objects.requireNonNull(spectrum), verdicts, specification, warmStart);
    }
  }

  /** Embeddings to decompose. */
  @State(Scope.Benchmark)
  public static class Responses {
    /** d. */
    @Param({"384", "1024", "2048", "4096"})
    public int dimension = 384;

    private FloatMatrix embeddings = FloatMatrix.allocate(0, 0);
    private @Nullable LinearAlgebra algebra;

    /** Makes 20,000 of them. */
    @Setup(Level.Trial)
    public void make() throws UnavailableBackendException {
      algebra = Backend.AUTO.open(Runtime.getRuntime().availableProcessors()).algebra();
      embeddings = embeddings(20_000, dimension, new Random(7));
    }
  }

  /** CPU time of the whole process, garbage collection and compilation included. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Processor {
    /** In all measured iterations together: JMH adds them up. */
    public double cpuMillis;

    private static final OperatingSystemMXBean SYSTEM =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private <T> T time(java.util.function.Supplier<T> work) {
      long before = SYSTEM.getProcessCpuTime();
      T result = work.get();
      cpuMillis = (SYSTEM.getProcessCpuTime() - before) / 1e6;
      return result;
    }
  }

  /** At a given prior. */
  @Benchmark
  public Fit cold(Input input, Processor processor) {
    return processor.time(() -> input.fit(input.judgements, input.given, null));
  }

  /** At the prior that AUTO chose. */
  @Benchmark
  public Fit coldAtChosen(Input input, Processor processor) {
    return processor.time(() -> input.fit(input.judgements, input.chosen, null));
  }

  /** After 1 % new verdicts, from the stored weights. */
  @Benchmark
  public Fit warm(Input input, Processor processor) {
    double[] weights = Objects.requireNonNull(input.earlier).weights();
    return processor.time(() -> input.fit(input.judgements, input.given, weights));
  }

  /** After 1 % new verdicts, from the earlier fit. */
  @Benchmark
  public Fit refit(Input input, Processor processor) {
    return processor.time(() ->
        Objects.requireNonNull(input.lastLayer)
            .refit(
                input.embeddings,
                Objects.requireNonNull(input.spectrum),
                input.judgements,
                input.given,
                Objects.requireNonNull(input.earlier)));
  }

  /** Exponent and λ by the evidence. */
  @Benchmark
  public Fit automatic(Input input, Processor processor) {
    return processor.time(
        () -> input.fit(input.judgements, PriorSpecification.automatic(input.prior), null));
  }

  /** Σ and its decomposition. */
  @Benchmark
  public double[] spectrum(Responses responses, Processor processor) {
    FloatMatrix embeddings = responses.embeddings;
    int[] promptOf = IntStream.range(0, embeddings.rows()).map(i -> i / 10).toArray();
    return processor.time(() ->
        EmbeddingSpectrum.of(embeddings, promptOf, Objects.requireNonNull(responses.algebra))
            .values());
  }

  private static FloatMatrix embeddings(int n, int d, Random random) {
    FloatMatrix embeddings = FloatMatrix.allocate(n, d);
    float[] row = new float[d];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        row[j] = (float) (random.nextGaussian() * Math.pow(1 + j, -0.6));
      }
      embeddings.setRow(i, row, 0);
    }
    return embeddings;
  }

  private static Judgements judgements(FloatMatrix embeddings, int verdicts, Random random) {
    int n = embeddings.rows();
    double[] rewards = new double[n];
    for (int j = 0; j < embeddings.columns(); j++) {
      double weight = 1.5 * random.nextGaussian();
      for (int i = 0; i < n; i++) {
        rewards[i] += weight * embeddings.get(i, j);
      }
    }
    int[] a = new int[verdicts];
    int[] b = new int[verdicts];
    double[] y = new double[verdicts];
    for (int i = 0; i < verdicts; i++) {
      a[i] = random.nextInt(n);
      b[i] = (a[i] + 1 + random.nextInt(n - 1)) % n;
      y[i] = random.nextDouble() < Logistic.sigmoid(rewards[a[i]] - rewards[b[i]]) ? 1 : 0;
    }
    return new Judgements(a, b, y);
  }
}
