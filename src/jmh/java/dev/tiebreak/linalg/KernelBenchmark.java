package dev.tiebreak.linalg;

import static java.util.Objects.requireNonNull;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
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
 * The kernels on 2 million numbers of n × d, or on d × d; results are allocated anew. Operations
 * are counted as a library's would be: a product 2 n d m, a symmetric update and a triangular solve
 * n d², a Cholesky factor d³ / 3, a spectrum 9 d³, a product with a vector 2 n d.
 */
@NullMarked
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@State(Scope.Benchmark)
public class KernelBenchmark {

  /** What the kernels run on. */
  @Param({"OPENBLAS", "JAVA"})
  public Backend backend = Backend.JAVA;

  /** The number of threads. */
  @Param("1")
  public int threads = 1;

  /** The dimension. */
  @Param({"64", "384", "2048"})
  public int d = 64;

  private int n;
  private Matrix rows = Matrix.zeros(0, 0);
  private FloatMatrix singleRows = FloatMatrix.allocate(0, 0);
  private Matrix square = Matrix.zeros(0, 0);
  private Matrix definite = Matrix.zeros(0, 0);
  private double[] weights = new double[0];
  private double[] vector = new double[0];
  private LinearAlgebra algebra = open(Backend.JAVA, 1);
  private Cholesky factor = requireNonNull(algebra.cholesky(definite));

  /**
   * Operations and CPU time of the whole process, compilation and collection included, of all
   * measured iterations together (JMH adds them up): their ratio is the rate.
   */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Rate {
    private double operations;
    private long start;

    /** Starts the clock. */
    @Setup(Level.Iteration)
    public void start() {
      operations = 0;
      start = cpuNanos();
    }

    void count(double more) {
      operations += more;
    }

    /** Billions of floating-point operations. */
    public double gigaflop() {
      return operations / 1e9;
    }

    /** What they took. */
    public double cpuSeconds() {
      return (cpuNanos() - start) / 1e9;
    }

    private static long cpuNanos() {
      return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
    }
  }

  private static LinearAlgebra open(Backend backend, int threads) {
    try {
      return backend.open(threads).algebra();
    } catch (UnavailableBackendException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes the operands. */
  @Setup
  public void make() {
    algebra = open(backend, threads);
    n = 2_000_000 / d;
    Random random = new Random(1);
    rows = new Matrix(n, d, random.doubles((long) n * d, -1, 1).toArray());
    float[] single = new float[n * d];
    for (int i = 0; i < single.length; i++) {
      single[i] = (float) rows.values()[i];
    }
    singleRows = FloatMatrix.of(n, d, single);
    square = new Matrix(d, d, random.doubles((long) d * d, -1, 1).toArray());
    weights = random.doubles(n, 0, 1).toArray();
    vector = random.doubles(d, -1, 1).toArray();
    double[] ones = new double[d];
    Arrays.fill(ones, 1);
    definite = Matrix.scaledIdentity(d, 1);
    algebra.addWeightedGram(square, ones, definite);
    factor = requireNonNull(algebra.cholesky(definite));
  }

  /** (n × d) (d × d). */
  @Benchmark
  public Matrix multiply(Rate rate) {
    rate.count(2.0 * n * d * d);
    return algebra.multiply(rows, square);
  }

  /** (n × d) (d × d), rows in single precision. */
  @Benchmark
  public Matrix multiplySingle(Rate rate) {
    rate.count(2.0 * n * d * d);
    return algebra.multiply(singleRows, square);
  }

  /** (n × d)ᵀ (n × d). */
  @Benchmark
  public Matrix transposedProduct(Rate rate) {
    rate.count(2.0 * n * d * d);
    Matrix sum = Matrix.zeros(d, d);
    algebra.addTransposedProduct(rows, rows, sum);
    return sum;
  }

  /** Σ w a aᵀ. */
  @Benchmark
  public Matrix weightedGram(Rate rate) {
    rate.count((double) n * d * d);
    Matrix sum = Matrix.zeros(d, d);
    algebra.addWeightedGram(rows, weights, sum);
    return sum;
  }

  /** Σ w a aᵀ, rows in single precision. */
  @Benchmark
  public Matrix weightedGramSingle(Rate rate) {
    rate.count((double) n * d * d);
    Matrix sum = Matrix.zeros(d, d);
    algebra.addWeightedGram(singleRows, weights, sum);
    return sum;
  }

  /** Σ a aᵀ in single precision. */
  @Benchmark
  public Matrix gramSingle(Rate rate) {
    rate.count((double) n * d * d);
    Matrix sum = Matrix.zeros(d, d);
    algebra.addGram(singleRows, sum);
    return sum;
  }

  /** Triangular solve with n right-hand sides. */
  @Benchmark
  public Matrix whiten(Rate rate) {
    rate.count((double) n * d * d);
    return factor.whiten(rows);
  }

  /** The same, rows in single precision. */
  @Benchmark
  public FloatMatrix whitenSingle(Rate rate) {
    rate.count((double) n * d * d);
    return factor.whiten(singleRows);
  }

  /** A Cholesky factor. */
  @Benchmark
  public Cholesky cholesky(Rate rate) {
    rate.count((double) d * d * d / 3);
    return requireNonNull(algebra.cholesky(definite));
  }

  /** A spectrum. */
  @Benchmark
  public SymmetricEigen eigen(Rate rate) {
    rate.count(9.0 * d * d * d);
    return algebra.eigen(definite);
  }

  /** (n × d) (d). */
  @Benchmark
  public double[] multiplyVector(Rate rate) {
    rate.count(2.0 * n * d);
    return algebra.multiply(rows, vector);
  }

  /** (n × d)ᵀ (n). */
  @Benchmark
  public double[] multiplyTransposedVector(Rate rate) {
    rate.count(2.0 * n * d);
    return algebra.multiplyTransposed(rows, weights);
  }
}
