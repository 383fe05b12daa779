package dev.tiebreak.replay;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.design.Pairing;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.preference.ComparisonModel;
import dev.tiebreak.preference.Prior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Small data sets, and settings for them. */
final class Examples {

  static final List<Strategy> STRATEGIES =
      List.of(Strategy.RANDOM, Strategy.GREEDY_D_OPTIMAL, Strategy.I_OPTIMAL);

  private Examples() {}

  /** Prompts × responses in d dimensions with a decaying spectrum; gold is linear plus noise. */
  static ReplayData gold(int prompts, int responses, int d, long seed) {
    Random random = new Random(seed);
    double[] w = random.doubles(d, -1, 1).toArray();
    int n = prompts * responses;
    FloatMatrix embeddings = FloatMatrix.allocate(n, d);
    double[] gold = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        float value = (float) (random.nextGaussian() / Math.sqrt(j + 1.0));
        embeddings.set(i, j, value);
        gold[i] += 3 * w[j] * value;
      }
      gold[i] += 0.3 * random.nextGaussian();
    }
    return data(embeddings, responses, gold, Recorded.NONE);
  }

  static ReplayData data(FloatMatrix embeddings, int responses, double[] gold, Recorded recorded) {
    int n = embeddings.rows();
    int[] promptOf = new int[n];
    Arrays.setAll(promptOf, i -> i / responses);
    String[] ids = new String[n];
    Arrays.setAll(ids, i -> "r" + i);
    String[] prompts = new String[(n + responses - 1) / responses];
    Arrays.setAll(prompts, i -> "p" + i);
    return new ReplayData(1, embeddings, promptOf, ids, prompts, gold, recorded);
  }

  /** Verdicts on some in-prompt pairs of such data, some pairs judged twice or thrice. */
  static ReplayData verdicts(int prompts, int responses, int d, long seed) {
    ReplayData gold = gold(prompts, responses, d, seed);
    Random random = new Random(seed + 1);
    List<double[]> verdicts = new ArrayList<>();
    for (int prompt = 0; prompt < prompts; prompt++) {
      for (int i = 0; i < responses; i++) {
        for (int j = i + 1; j < responses; j++) {
          int a = prompt * responses + i;
          int b = prompt * responses + j;
          for (int k = random.nextInt(4); k > 0; k--) {
            boolean wins = gold.gold()[a] > gold.gold()[b];
            verdicts.add(new double[] {a, b, random.nextInt(5) == 0 ? 0.5 : wins ? 1 : 0});
          }
        }
      }
    }
    return data(
        gold.embeddings(),
        responses,
        new double[0],
        new Recorded(
            verdicts.stream().mapToInt(v -> (int) v[0]).toArray(),
            verdicts.stream().mapToInt(v -> (int) v[1]).toArray(),
            verdicts.stream().mapToDouble(v -> v[2]).toArray(),
            IntStream.range(0, verdicts.size()).map(i -> i % 3).toArray()));
  }

  static Settings settings(Source source) {
    return new Settings(source);
  }

  /** All cells, on so many threads; those in {@code done} are not computed again. */
  static Map<Integer, CellResult> run(
      ReplayData data, ReplaySettings settings, int threads, Map<Integer, CellResult> done) {
    Grid grid = new Grid(settings);
    int[] todo = IntStream.range(0, grid.size()).filter(cell -> !done.containsKey(cell)).toArray();
    Map<Integer, CellResult> results = new TreeMap<>(done);
    Trials trials = new Trials(data, settings, TestAlgebra.open(), 2);
    try (CellWorkers workers =
        new CellWorkers(
            settings, grid, todo, trials, TestAlgebra.open(), threads, stopped -> () -> {})) {
      while (true) {
        boolean ended = workers.isFinished();
        CellWorkers.@Nullable Done next = workers.next(ended ? 1 : 100);
        if (next != null) {
          results.put(next.cell(), next.result());
        } else if (ended) {
          return results;
        }
      }
    }
  }

  /** Results, as if the cells had been done in the order of their numbers. */
  static Results results(ReplaySettings settings, Map<Integer, CellResult> cells) {
    return new Results(
        settings,
        new TreeMap<>(cells)
            .entrySet().stream()
                .map(cell -> new Results.Done(cell.getKey(), Series.of(cell.getValue())))
                .toList());
  }

  /** Settings in the making. */
  static final class Settings {
    private final Source source;
    private List<Strategy> strategies = STRATEGIES;
    private List<Integer> batchSizes = List.of(10);
    private List<@Nullable Integer> limits = orAll(0);
    private List<@Nullable Integer> dimensions = orAll(0);
    private int seeds = 2;
    private int labels = 30;
    private FirstBatch firstBatch = FirstBatch.DESIGNED;
    private Target target = new Target(null, null, 0);
    private @Nullable Double goldScale = 1.0;
    private Pairing pairing = Pairing.IN_PROMPT;
    private ComparisonModel model = ComparisonModel.PLAIN;

    private Settings(Source source) {
      this.source = source;
    }

    Settings strategies(Strategy... all) {
      strategies = List.of(all);
      return this;
    }

    Settings batchSizes(Integer... all) {
      batchSizes = List.of(all);
      return this;
    }

    /** 0: all candidates. */
    Settings limits(int... all) {
      limits = orAll(all);
      return this;
    }

    /** 0: all dimensions. */
    Settings dimensions(int... all) {
      dimensions = orAll(all);
      return this;
    }

    private static List<@Nullable Integer> orAll(int... values) {
      List<@Nullable Integer> list = new ArrayList<>();
      for (int value : values) {
        list.add(value == 0 ? null : Integer.valueOf(value));
      }
      return list;
    }

    Settings seeds(int count) {
      seeds = count;
      return this;
    }

    Settings labels(int count) {
      labels = count;
      return this;
    }

    Settings firstBatch(FirstBatch first) {
      firstBatch = first;
      return this;
    }

    Settings target(Target wanted) {
      target = wanted;
      return this;
    }

    Settings model(ComparisonModel model) {
      this.model = model;
      return this;
    }

    Settings pairing(Pairing allowed) {
      pairing = allowed;
      return this;
    }

    Settings goldScale(@Nullable Double scale) {
      goldScale = scale;
      return this;
    }

    ReplaySettings get() {
      return new ReplaySettings(
          source,
          source == Source.GOLD ? "goldReward" : null,
          goldScale,
          strategies,
          List.of(Prior.SPECTRAL),
          batchSizes,
          limits,
          dimensions,
          seeds,
          labels,
          firstBatch,
          pairing,
          null,
          null,
          model.promptDeviation(),
          model.annotatorDeviation(),
          model.ties(),
          0.25,
          0,
          7,
          target,
          new Prices(0.06, 0.001, 0.5),
          null);
    }
  }
}
