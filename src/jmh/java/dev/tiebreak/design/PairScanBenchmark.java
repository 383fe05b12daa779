package dev.tiebreak.design;

import static java.util.Objects.requireNonNull;

import dev.tiebreak.linalg.Matrix;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The kernels under the scan of all pairs, on one thread. */
@NullMarked
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class PairScanBenchmark {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int TILES = 64;

  /** Which kernels. */
  @Param({"vector", "plain"})
  public String kernels = "vector";

  /** The dimension. */
  @Param({"64", "384"})
  public int m = 64;

  private PairKernels used = PairKernels.of("plain");
  private float[][] blocks = new float[0][];
  private final float[] tile = new float[64 * 64];
  private final int[] places = new int[64 * 64];
  private WhitenedBlocks whitened = requireNonNull(blocks(1, 1));

  /** Makes 64 blocks. */
  @Setup
  public void make() {
    used = PairKernels.of(kernels);
    Random random = new Random(1);
    blocks = new float[TILES][m * 64];
    for (float[] block : blocks) {
      for (int i = 0; i < block.length; i++) {
        block[i] = (float) random.nextGaussian();
      }
    }
    whitened = requireNonNull(blocks(TILES * 64, m));
  }

  private static @Nullable WhitenedBlocks blocks(int n, int m) {
    Random random = new Random(2);
    Matrix rows = new Matrix(n, m, random.doubles((long) n * m, -1, 1).toArray());
    return WhitenedBlocks.of(rows, random.doubles(n, -2, 2).toArray());
  }

  /** 64 tiles of 64 × 64 products: 2 · 64³ m floating-point operations. */
  @Benchmark
  public float multiply() {
    for (float[] block : blocks) {
      used.multiply(blocks[0], block, m, tile);
    }
    return tile[0];
  }

  /** The same, and the pairs that may reach a score that few do. */
  @Benchmark
  public int reach() {
    int found = 0;
    for (int block = 0; block < TILES; block++) {
      float threshold = whitened.threshold(m / 4.0);
      found += whitened.reaching(used, 0, block, threshold, tile, places);
    }
    return found;
  }

  /** What the processor can do: 8 · 8,192 · lanes multiply-adds in registers. */
  @Benchmark
  public float peak() {
    FloatVector x = FloatVector.broadcast(FLOATS, 0.5f);
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int i = 0; i < 8192; i++) {
      s0 = s0.fma(x, x);
      s1 = s1.fma(x, x);
      s2 = s2.fma(x, x);
      s3 = s3.fma(x, x);
      s4 = s4.fma(x, x);
      s5 = s5.fma(x, x);
      s6 = s6.fma(x, x);
      s7 = s7.fma(x, x);
    }
    return s0.add(s1)
        .add(s2.add(s3))
        .add(s4.add(s5).add(s6.add(s7)))
        .reduceLanes(VectorOperators.ADD);
  }
}
