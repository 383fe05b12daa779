package dev.tiebreak.linalg;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** The limits of the machine that {@link KernelBenchmark} is measured against. */
@NullMarked
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(1)
@State(Scope.Benchmark)
public class MachineBenchmark {

  private static final int SIZE = 1536;
  private static final int TURNS = 1 << 20;
  private static final long READ = 1L << 28;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  private final MemorySegment memory = Arena.ofAuto().allocate(READ, 64);
  private final MethodHandle dgemm;
  private final MethodHandle sgemm;

  /** Binds the library, on one thread. */
  public MachineBenchmark() {
    try {
      OpenBlasLibrary.get();
    } catch (UnavailableBackendException e) {
      throw new IllegalStateException(e);
    }
    dgemm = gemm("cblas_dgemm", JAVA_DOUBLE);
    sgemm = gemm("cblas_sgemm", JAVA_FLOAT);
  }

  private static MethodHandle gemm(String name, ValueLayout scalar) {
    return Linker.nativeLinker()
        .downcallHandle(
            SymbolLookup.loaderLookup().findOrThrow(name),
            FunctionDescriptor.ofVoid(
                JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, scalar, ADDRESS,
                JAVA_INT, ADDRESS, JAVA_INT, scalar, ADDRESS, JAVA_INT));
  }

  /** Touches the memory. */
  @Setup
  public void make() {
    for (long i = 0; i < READ; i += Float.BYTES) {
      memory.set(JAVA_FLOAT, i, 0.5f);
    }
  }

  /** The library's product of 1,536 × 1,536 numbers outside the heap. */
  @Benchmark
  public MemorySegment productDouble(KernelBenchmark.Rate rate) throws Throwable {
    rate.count(2.0 * SIZE * SIZE * SIZE);
    long bytes = (long) SIZE * SIZE * Double.BYTES;
    MemorySegment b = memory.asSlice(bytes);
    MemorySegment c = memory.asSlice(2 * bytes);
    dgemm.invokeExact(101, 111, 111, SIZE, SIZE, SIZE, 1.0, memory, SIZE, b, SIZE, 0.0, c, SIZE);
    return c;
  }

  /** The same in single precision. */
  @Benchmark
  public MemorySegment productSingle(KernelBenchmark.Rate rate) throws Throwable {
    rate.count(2.0 * SIZE * SIZE * SIZE);
    long bytes = (long) SIZE * SIZE * Float.BYTES;
    MemorySegment b = memory.asSlice(bytes);
    MemorySegment c = memory.asSlice(2 * bytes);
    sgemm.invokeExact(101, 111, 111, SIZE, SIZE, SIZE, 1f, memory, SIZE, b, SIZE, 0f, c, SIZE);
    return c;
  }

  /** Fused multiply-adds in registers, eight chains. */
  @Benchmark
  public double multiplyAddDouble(KernelBenchmark.Rate rate) {
    rate.count(16.0 * TURNS * DOUBLES.length());
    DoubleVector x = DoubleVector.broadcast(DOUBLES, 0.5);
    DoubleVector s0 = x;
    DoubleVector s1 = x;
    DoubleVector s2 = x;
    DoubleVector s3 = x;
    DoubleVector s4 = x;
    DoubleVector s5 = x;
    DoubleVector s6 = x;
    DoubleVector s7 = x;
    for (int i = 0; i < TURNS; i++) {
      s0 = s0.fma(x, x);
      s1 = s1.fma(x, x);
      s2 = s2.fma(x, x);
      s3 = s3.fma(x, x);
      s4 = s4.fma(x, x);
      s5 = s5.fma(x, x);
      s6 = s6.fma(x, x);
      s7 = s7.fma(x, x);
    }
    DoubleVector sum = s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7)));
    return sum.reduceLanes(VectorOperators.ADD);
  }

  /** The same in single precision. */
  @Benchmark
  public float multiplyAddSingle(KernelBenchmark.Rate rate) {
    rate.count(16.0 * TURNS * FLOATS.length());
    FloatVector x = FloatVector.broadcast(FLOATS, 0.5f);
    FloatVector s0 = x;
    FloatVector s1 = x;
    FloatVector s2 = x;
    FloatVector s3 = x;
    FloatVector s4 = x;
    FloatVector s5 = x;
    FloatVector s6 = x;
    FloatVector s7 = x;
    for (int i = 0; i < TURNS; i++) {
      s0 = s0.fma(x, x);
      s1 = s1.fma(x, x);
      s2 = s2.fma(x, x);
      s3 = s3.fma(x, x);
      s4 = s4.fma(x, x);
      s5 = s5.fma(x, x);
      s6 = s6.fma(x, x);
      s7 = s7.fma(x, x);
    }
    FloatVector sum = s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7)));
    return sum.reduceLanes(VectorOperators.ADD);
  }

  /** 256 MiB read on one thread: 268 / milliseconds is GB/s. */
  @Benchmark
  public double read() {
    return sum();
  }

  /** The same on two threads at once, 256 MiB each. */
  @Benchmark
  @Threads(2)
  public double readOnTwoThreads() {
    return sum();
  }

  private double sum() {
    DoubleVector s0 = DoubleVector.zero(DOUBLES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    long step = DOUBLES.vectorByteSize();
    ByteOrder order = ByteOrder.nativeOrder();
    for (long i = 0; i < READ; i += 4 * step) {
      s0 = s0.add(DoubleVector.fromMemorySegment(DOUBLES, memory, i, order));
      s1 = s1.add(DoubleVector.fromMemorySegment(DOUBLES, memory, i + step, order));
      s2 = s2.add(DoubleVector.fromMemorySegment(DOUBLES, memory, i + 2 * step, order));
      s3 = s3.add(DoubleVector.fromMemorySegment(DOUBLES, memory, i + 3 * step, order));
    }
    return s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
  }
}
