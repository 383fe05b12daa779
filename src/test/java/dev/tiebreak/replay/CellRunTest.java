package dev.tiebreak.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.design.Pairing;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.preference.ComparisonModel;
import dev.tiebreak.preference.TieModel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CellRunTest {

  @Test
  void givesTheSameOnAnyNumberOfThreads() {
    ReplayData data = Examples.gold(12, 6, 8, 1);
    ReplaySettings settings =
        Examples.settings(Source.GOLD).batchSizes(5, 10).limits(0, 60).dimensions(0, 3).get();
    Map<Integer, CellResult> alone = Examples.run(data, settings, 1, Map.of());
    Map<Integer, CellResult> together = Examples.run(data, settings, 4, Map.of());
    assertThat(alone).hasSize(3 * 2 * 2 * 2 * 2);
    assertThat(timeless(together)).isEqualTo(timeless(alone));
  }

  @Test
  void goesOnAfterAnInterruptionAsIfThereHadBeenNone() {
    ReplayData data = Examples.gold(10, 5, 6, 2);
    ReplaySettings settings = Examples.settings(Source.GOLD).get();
    Map<Integer, CellResult> whole = Examples.run(data, settings, 2, Map.of());
    Map<Integer, CellResult> half = new TreeMap<>(whole);
    half.keySet().removeIf(cell -> cell % 2 == 1);
    assertThat(timeless(Examples.run(data, settings, 2, half))).isEqualTo(timeless(whole));
  }

  @Test
  void asksInBatchesUpToTheLastLabel() {
    CellResult result = only(Examples.settings(Source.GOLD).batchSizes(8).labels(20));
    assertThat(result.points()).extracting(Point::labels).containsExactly(8, 16, 20);
    assertThat(result.picks()).extracting(Pick::batch).containsOnly(1, 2, 3).hasSize(20);
    assertThat(result.picks().stream().map(pick -> Set.of(pick.a(), pick.b())).distinct())
        .hasSize(20);
  }

  private static CellResult only(Examples.Settings settings) {
    ReplaySettings one = settings.strategies(Strategy.GREEDY_D_OPTIMAL).seeds(1).get();
    return Examples.run(Examples.gold(10, 5, 6, 3), one, 1, Map.of()).values().iterator().next();
  }

  @Test
  void endsWhenNothingIsLeftToAsk() {
    ReplaySettings settings = Examples.settings(Source.GOLD).labels(1000).seeds(1).get();
    ReplayData data = Examples.gold(8, 4, 5, 4);
    // 6 of 8 prompts are labelled, with 6 pairs each
    assertThat(Examples.run(data, settings, 2, Map.of()).values())
        .allSatisfy(result -> assertThat(result.points().getLast().labels()).isEqualTo(36));
  }

  @Test
  void drawsTheFirstBatchWhereThatIsAsked() {
    ReplayData data = Examples.gold(12, 6, 8, 5);
    ReplaySettings random =
        Examples.settings(Source.GOLD).firstBatch(FirstBatch.RANDOM).seeds(1).get();
    List<List<Pick>> first =
        Examples.run(data, random, 1, Map.of()).values().stream()
            .map(result -> result.picks().subList(0, 10))
            .toList();
    assertThat(first).hasSize(3).containsOnly(first.getFirst());
    ReplaySettings designed = Examples.settings(Source.GOLD).seeds(1).get();
    assertThat(
            Examples.run(data, designed, 1, Map.of()).values().stream()
                .map(result -> result.picks().subList(0, 10))
                .distinct())
        .hasSize(3);
  }

  @Test
  void answersTheSameQuestionAlikeUnderEveryStrategyAndHoldsTheSamePromptsOut() {
    ReplayData data = Examples.gold(12, 6, 8, 6);
    ReplaySettings settings = Examples.settings(Source.GOLD).labels(100).seeds(1).get();
    Trials trials = new Trials(data, settings, TestAlgebra.open(), 2);
    Trial trial = trials.of(new Grid(settings).cell(0));
    assertThat(trials.of(new Grid(settings).cell(2))).isSameAs(trial);
    Oracle one = trial.oracle();
    Oracle other = trial.oracle();
    double forth = one.ask(0, 1).y();
    assertThat(other.ask(1, 0).y()).isEqualTo(1 - forth);
    assertThat(one.spent().size()).isOne();
  }

  @Test
  void usesEachRecordedVerdictOnceAndNoneOfAHeldOutPrompt() {
    ReplayData data = Examples.verdicts(12, 5, 6, 8);
    ReplaySettings settings =
        Examples.settings(Source.VERDICTS)
            .strategies(Strategy.values())
            .labels(10_000)
            .seeds(1)
            .get();
    Map<Integer, CellResult> results = Examples.run(data, settings, 2, Map.of());
    Grid grid = new Grid(settings);
    Map<Set<Integer>, Integer> recorded = new HashMap<>();
    for (int i = 0; i < data.recorded().size(); i++) {
      recorded.merge(Set.of(data.recorded().a()[i], data.recorded().b()[i]), 1, Integer::sum);
    }
    results.forEach((number, result) -> {
      Trial trial =
          Trial.of(data, settings, grid.cell(number).repetition(), null, TestAlgebra.open());
      Set<Integer> training = new HashSet<>();
      for (int row : trial.rows()) {
        training.add(row);
      }
      Map<Set<Integer>, Integer> expected = new HashMap<>(recorded);
      expected.keySet().removeIf(pair -> !training.containsAll(pair));
      Map<Set<Integer>, Integer> asked = new HashMap<>();
      result.picks().forEach(pick -> asked.merge(Set.of(pick.a(), pick.b()), 1, Integer::sum));
      assertThat(asked).isEqualTo(expected);
    });
    assertThat(results).hasSize(Strategy.values().length);
  }

  @Test
  void learnsFromItsLabels() {
    ReplayData data = Examples.gold(30, 8, 6, 9);
    ReplaySettings settings = Examples.settings(Source.GOLD).labels(200).batchSizes(50).get();
    assertThat(Examples.run(data, settings, 2, Map.of()).values())
        .allSatisfy(result -> {
          Map<String, Double> last = result.points().getLast().measures();
          assertThat(last.get("oneMinusSpearman")).isLessThan(0.35);
          assertThat(last.get("accuracy")).isGreaterThan(0.8);
          assertThat(last).containsKeys("bestOf5", "logLoss", "selectionMillis", "fitMillis");
          assertThat(last).doesNotContainKey("bestOf10");
        });
  }

  @Test
  void everyStrategyRunsUnderEffectsOfPromptsAnnotatorsAndTies() {
    ComparisonModel model = new ComparisonModel(TieModel.DAVIDSON, null, null);
    ReplaySettings crossed =
        Examples.settings(Source.GOLD)
            .strategies(Strategy.values())
            .model(model)
            .pairing(Pairing.ANY)
            .get();
    assertThat(Examples.run(Examples.gold(9, 4, 4, 3), crossed, 2, Map.of()))
        .hasSize(2 * Strategy.values().length)
        .allSatisfy((cell, result) ->
            assertThat(result.points().getLast().measures().get("logLoss")).isFinite());
    ReplaySettings recorded =
        Examples.settings(Source.VERDICTS).strategies(Strategy.values()).model(model).get();
    assertThat(Examples.run(Examples.verdicts(12, 4, 4, 3), recorded, 2, Map.of()))
        .hasSize(2 * Strategy.values().length)
        .allSatisfy((cell, result) ->
            assertThat(result.points().getLast().measures().get("logLoss")).isFinite());
  }

  @Test
  void theEffectOfPromptsHelpsWherePromptsDiffer() {
    ReplayData plain = Examples.gold(40, 4, 5, 9);
    Random random = new Random(1);
    double[] gold = plain.gold().clone();
    double[] offsets = random.doubles(40, -6, 6).toArray();
    for (int i = 0; i < gold.length; i++) {
      gold[i] += offsets[plain.promptOf()[i]];
    }
    ReplayData data = Examples.data(plain.embeddings(), 4, gold, Recorded.NONE);
    Examples.Settings settings =
        Examples.settings(Source.GOLD)
            .strategies(Strategy.RANDOM)
            .pairing(Pairing.CROSS_PROMPT)
            .labels(300)
            .batchSizes(100)
            .seeds(4);
    double without = meanLoss(Examples.run(data, settings.get(), 2, Map.of()));
    ComparisonModel model = new ComparisonModel(TieModel.HALF, null, 0.0);
    double with = meanLoss(Examples.run(data, settings.model(model).get(), 2, Map.of()));
    assertThat(with).isLessThan(without - 0.03);
  }

  private static double meanLoss(Map<Integer, CellResult> results) {
    return results.values().stream()
        .mapToDouble(result -> result.points().getLast().measures().get("logLoss"))
        .average()
        .orElseThrow();
  }

  @Test
  void saysWhyDataCannotBeReplayed() {
    ReplaySettings gold = Examples.settings(Source.GOLD).get();
    assertThatThrownBy(() -> Examples.run(Examples.gold(1, 6, 4, 1), gold, 1, Map.of()))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("One prompt to label");
    assertThatThrownBy(() -> Examples.run(Examples.gold(9, 1, 4, 1), gold, 1, Map.of()))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("None of the held-out prompts");
    ReplayData none =
        Examples.data(Examples.gold(9, 3, 4, 1).embeddings(), 3, new double[0], Recorded.NONE);
    ReplaySettings verdicts = Examples.settings(Source.VERDICTS).get();
    assertThatThrownBy(() -> Examples.run(none, verdicts, 1, Map.of()))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("No recorded verdict");
  }

  /** Without what a clock has measured. */
  private static Map<Integer, CellResult> timeless(Map<Integer, CellResult> results) {
    Map<Integer, CellResult> timeless = new TreeMap<>();
    results.forEach((cell, result) ->
        timeless.put(
            cell,
            new CellResult(
                result.points().stream().map(CellRunTest::timeless).toList(),
                result.picks(),
                result.pool(),
                0)));
    return timeless;
  }

  private static Point timeless(Point point) {
    Map<String, Double> measures = new TreeMap<>(point.measures());
    measures.keySet().removeAll(Set.of("selectionMillis", "fitMillis"));
    return new Point(point.labels(), measures, point.diversity(), point.responses(), 0);
  }
}
