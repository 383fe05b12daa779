package dev.tiebreak.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.design.Strategy;
import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ResultsTest {

  private static final int[] LABELS = {10, 20, 30};

  private static CellResult cell(double... oneMinusSpearman) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < oneMinusSpearman.length; i++) {
      points.add(
          new Point(
              LABELS[i],
              Map.of("oneMinusSpearman", oneMinusSpearman[i]),
              Map.of("rawVariance", 2.0 * (i + 1)),
              4 * (i + 1),
              3_600_000.0 * (i + 1)));
    }
    return new CellResult(points, List.of(), 100, 5);
  }

  private static ReplaySettings settings(Target target, int seeds) {
    return Examples.settings(Source.GOLD)
        .strategies(Strategy.RANDOM, Strategy.I_OPTIMAL)
        .seeds(seeds)
        .target(target)
        .get();
  }

  private static Results results(Target target, CellResult... cells) {
    Map<Integer, CellResult> numbered = new HashMap<>();
    for (int i = 0; i < cells.length; i++) {
      numbered.put(i, cells[i]);
    }
    return Examples.results(settings(target, cells.length / 2), numbered);
  }

  private static List<ResultRow.Curve> curves(Results results) {
    return Tables.curves(results, TableQuery.ALL).all().toList();
  }

  private static List<ResultRow.Ratio> ratios(Results results) {
    return Tables.ratios(results, TableQuery.ALL).all().toList();
  }

  private static List<ResultRow.Cost> costs(Results results) {
    return Tables.costs(results, TableQuery.ALL).all().toList();
  }

  private static List<ResultRow.Difference> differences(Results results) {
    return Tables.differences(results, TableQuery.ALL).all().toList();
  }

  private static List<ResultRow.Diversity> diversity(Results results) {
    return Tables.diversity(results).all().toList();
  }

  private static final Target RANDOMS_END = new Target(null, null, 0);

  @Test
  void meansAndErrorsAreOverSeeds() {
    Results results =
        results(
            RANDOMS_END,
            cell(0.9, 0.8, 0.7),
            cell(0.8, 0.7, 0.6),
            cell(0.7, 0.6, 0.5),
            cell(0.6, 0.5, 0.4));
    ResultRow.Curve first = curves(results).getFirst();
    assertThat(first.variant().strategy()).isEqualTo(Strategy.RANDOM);
    assertThat(first.labels()).isEqualTo(10);
    assertThat(first.mean()).isEqualTo(0.8, within(1e-12));
    assertThat(first.standardError()).isEqualTo(0.1, within(1e-12));
    assertThat(first.seeds()).isEqualTo(2);
    ResultRow.Diversity diversity = diversity(results).getFirst();
    assertThat(diversity.mean()).isEqualTo(4);
    assertThat(diversity.standardError()).isZero();
  }

  @Test
  void aCurveEndsWhereNotAllSeedsGoOn() {
    Target given = new Target("oneMinusSpearman", 0.55, 0);
    Results results =
        results(given, cell(0.9, 0.8, 0.5), cell(0.8, 0.6), cell(0.9, 0.8), cell(0.8, 0.6, 0.1));
    assertThat(curves(results))
        .filteredOn(row -> row.variant().strategy() == Strategy.I_OPTIMAL)
        .extracting(ResultRow.Curve::labels)
        .containsExactly(10, 20);
    assertThat(ratios(results).getLast().labels()).as("not by the luck of one seed").isNull();
  }

  @Test
  void countsLabelsToWhatRandomReachesInTheEnd() {
    Results results = results(RANDOMS_END, cell(0.9, 0.8, 0.7), cell(0.8, 0.6, 0.5));
    ResultRow.Ratio ratio = ratios(results).getLast();
    assertThat(ratio.target()).isEqualTo(0.7);
    // half-way from 0.8 to 0.6
    assertThat(ratio.labels()).isEqualTo(15, within(1e-9));
    assertThat(ratio.randomLabels()).isEqualTo(30);
    assertThat(ratio.ratio()).isEqualTo(2, within(1e-9));
    assertThat(ratio.lower()).as("of one seed").isNull();
    assertThat(ratios(results).getFirst().ratio()).isEqualTo(1);
  }

  @Test
  void interpolatesFromTheBestSoFar() {
    assertThat(LabelRatio.labels(LABELS, new double[] {0.5, 0.7, 0.3}, 0.4, true))
        .isEqualTo(25, within(1e-9));
    assertThat(LabelRatio.labels(LABELS, new double[] {0.5, 0.4, 0.9}, 0.7, false))
        .isEqualTo(20 + 10 * 0.2 / 0.4, within(1e-9));
    assertThat(LabelRatio.labels(LABELS, new double[] {0.3, 0.4, 0.9}, 0.4, true)).isEqualTo(10);
    assertThat(LabelRatio.labels(LABELS, new double[] {0.9, 0.8, 0.7}, 0.4, true)).isNull();
  }

  @Test
  void saysWhenTheTargetIsOutOfReach() {
    Target given = new Target("oneMinusSpearman", 0.1, 0);
    Results results =
        results(
            given,
            cell(0.9, 0.8, 0.7),
            cell(0.8, 0.6, 0.5),
            cell(0.9, 0.8, 0.7),
            cell(0.8, 0.6, 0.5));
    ResultRow.Ratio ratio = ratios(results).getLast();
    assertThat(ratio.labels()).isNull();
    assertThat(ratio.ratio()).isNull();
    assertThat(ratio.reached()).isZero();
    assertThat(ratio.lower()).isZero();
    ResultRow.Cost cost = costs(results).getLast();
    assertThat(cost.total()).isNull();
  }

  @Test
  void bootstrapsOverSeedsInPairs() {
    // of two seeds one needs 10 labels, the other 30: redrawn, the means are those of 11, 12, 21,
    // 22
    Target given = new Target("oneMinusSpearman", 0.5, 0);
    Results results =
        results(
            given,
            cell(0.9, 0.9, 0.5),
            cell(0.5, 0.5, 0.5),
            cell(0.9, 0.9, 0.5),
            cell(0.9, 0.9, 0.5));
    ResultRow.Ratio ratio = ratios(results).getLast();
    assertThat(ratio.lower()).isEqualTo(1);
    assertThat(ratio.upper()).isEqualTo(3);
    assertThat(ratio.reached()).isEqualTo(1);
    assertThat(ratios(results)).as("the same draws every time").isEqualTo(ratios(results));
    ResultRow.Ratio random = ratios(results).getFirst();
    assertThat(random.lower()).isEqualTo(1);
    assertThat(random.upper()).isEqualTo(1);
  }

  @Test
  void allowsStandardErrorsShortOfTheTarget() {
    Results results =
        results(
            new Target(null, null, 1),
            cell(0.9, 0.8, 0.6),
            cell(0.8, 0.8, 0.8),
            cell(0.9, 0.8, 0.8),
            cell(0.8, 0.8, 0.8));
    // RANDOM ends at 0.7 with a standard error of 0.1
    assertThat(ratios(results).getLast().target()).isEqualTo(0.8, within(1e-12));
  }

  @Test
  void addsUpWhatReachingTheTargetCosts() {
    Results results = results(RANDOMS_END, cell(0.9, 0.8, 0.7), cell(0.8, 0.6, 0.5));
    ResultRow.Cost random = costs(results).getFirst();
    // 30 verdicts at 0.06, 12 responses at 0.001, 3 hours at 0.5
    assertThat(random.total()).isEqualTo(1.8 + 0.012 + 1.5, within(1e-9));
    ResultRow.Cost design = costs(results).getLast();
    // 15 verdicts, all 100 responses of the pool, an hour and a half
    assertThat(design.total()).isEqualTo(0.9 + 0.1 + 0.75, within(1e-9));
    assertThat(design.computeHours()).isEqualTo(1.5, within(1e-9));
  }

  @Test
  void compareOnlySeedsThatBothHaveDone() {
    Map<Integer, CellResult> some = new HashMap<>();
    some.put(0, cell(0.9, 0.8, 0.7));
    some.put(1, cell(0.8, 0.6, 0.5));
    some.put(2, cell(0.2, 0.1, 0.0));
    Results partial = Examples.results(settings(RANDOMS_END, 2), some);
    assertThat(ratios(partial).getLast().seeds()).isOne();
    assertThat(ratios(partial).getLast().target()).isEqualTo(0.7);
  }

  @Test
  void comparesWithRandomSeedBySeed() {
    Results results =
        results(
            RANDOMS_END,
            cell(0.9, 0.8, 0.7),
            cell(0.8, 0.7, 0.6),
            cell(0.5, 0.4, 0.3),
            cell(0.2, 0.1, 0.3));
    ResultRow.Difference first = differences(results).getFirst();
    assertThat(first.labels()).isEqualTo(10);
    assertThat(first.mean()).isEqualTo(-0.2, within(1e-12));
    // of −0.1 and −0.3
    assertThat(first.standardError()).isNotNull().isEqualTo(0.1, within(1e-12));
    ResultRow.Difference area = differences(results).getLast();
    assertThat(area.labels()).isNull();
    // of −0.1 and −0.2
    assertThat(area.mean()).isEqualTo(-0.15, within(1e-12));
    assertThat(differences(results)).hasSize(4);
  }

  @Test
  void writesRowsAsCsv() {
    Results results = results(RANDOMS_END, cell(0.9), cell(0.8));
    StringBuilder text = new StringBuilder();
    Csv.write(ResultRow.Curve.class, curves(results).stream(), text);
    assertThat(text.toString())
        .isEqualTo(
            "strategy,prior,batchSize,candidateLimit,dimension,labels,measure,mean,standardError,seeds\r\n"
                + "RANDOM,SPECTRAL,10,,,10,oneMinusSpearman,0.9,,1\r\n"
                + "I_OPTIMAL,SPECTRAL,10,,,10,oneMinusSpearman,0.8,,1\r\n");
  }

  @Test
  void pagesAreOfTheSameCellsWhateverIsDoneMeanwhile() {
    ReplaySettings settings = settings(RANDOMS_END, 2);
    Results before =
        Examples.results(settings, Map.of(1, cell(0.8, 0.6, 0.5), 2, cell(0.9, 0.8, 0.7)));
    Page<ResultRow.Curve> first =
        Tables.curves(before, TableQuery.ALL).page(new PageRequest(4, null), before.done());
    Results after = before.and(List.of(new Results.Done(0, Series.of(cell(0.5, 0.4, 0.3)))));
    PageRequest next = new PageRequest(4, first.nextCursor());
    int cells = Table.cells(next, after.done());
    Page<ResultRow.Curve> second =
        Tables.curves(after.first(cells), TableQuery.ALL).page(next, cells);
    List<ResultRow.Curve> all = new ArrayList<>(first.items());
    all.addAll(second.items());
    assertThat(all).isEqualTo(curves(before));
    assertThat(second.nextCursor()).isNull();
  }

  @Test
  void drawsOnceForTheSameQuestion() {
    Results results =
        results(
            RANDOMS_END,
            cell(0.9, 0.8, 0.7),
            cell(0.8, 0.6, 0.5),
            cell(0.9, 0.8, 0.7),
            cell(0.8, 0.6, 0.5));
    Variant variant = results.variants().getLast();
    LabelRatio ratio = results.ratio(variant, "oneMinusSpearman", RANDOMS_END);
    assertThat(results.ratio(variant, "oneMinusSpearman", RANDOMS_END)).isSameAs(ratio);
    assertThat(results.ratio(variant, "oneMinusSpearman", new Target(null, null, 1)))
        .isNotSameAs(ratio);
  }

  @Test
  void ablationsHoldAllVariantsToTheSame() {
    ReplaySettings settings =
        Examples.settings(Source.GOLD)
            .strategies(Strategy.RANDOM, Strategy.I_OPTIMAL)
            .dimensions(4, 2)
            .seeds(1)
            .get();
    // RANDOM and I_OPTIMAL in 4 dimensions, then in 2
    Results results =
        Examples.results(
            settings,
            Map.of(
                0, cell(0.9, 0.8, 0.6),
                1, cell(0.8, 0.6, 0.4),
                2, cell(0.9, 0.8),
                3, cell(0.8, 0.7)));
    List<ResultRow.Ablation> rows =
        Tables.ablations(results, new TableQuery(null, null, null, "dimension")).all().toList();
    assertThat(rows).extracting(row -> row.variant().dimension()).containsExactly(2, 4, 2, 4);
    assertThat(rows).extracting(ResultRow.Ablation::finalValue).containsExactly(0.8, 0.6, 0.7, 0.4);
    // the area between 10 and 20 labels, which all curves have
    assertThat(rows.getLast().areaTo()).isEqualTo(20);
    assertThat(rows.getLast().area()).isEqualTo(0.7, within(1e-12));
    // 0.8 is easier than 0.6
    assertThat(rows).allMatch(row -> Objects.equals(row.toTarget().target(), 0.8));
    assertThat(rows)
        .extracting(row -> row.toTarget().labels())
        .containsExactly(20.0, 20.0, 10.0, 10.0);
    assertThat(Ablation.meanHeight(LABELS, new double[] {1, 3, 5}, 15, 25))
        .isEqualTo(3, within(1e-12));
  }

  @Test
  void labelsToATargetHaveAStandardErrorOverDrawsOfSeeds() {
    // alone the two seeds need 10 and 30 labels, together 30: three in four draws
    Results results =
        results(
            new Target("oneMinusSpearman", 0.5, 0),
            cell(0.5, 0.5, 0.5),
            cell(0.5, 0.5, 0.5),
            cell(0.9, 0.9, 0.5),
            cell(0.9, 0.9, 0.5));
    ResultRow.LabelsToTarget labels =
        Tables.ablations(results, new TableQuery(null, null, null, "batchSize"))
            .all()
            .toList()
            .getLast()
            .toTarget();
    assertThat(labels.labels()).isEqualTo(30);
    assertThat(labels.labelsStandardError())
        .isNotNull()
        .isEqualTo(20 * Math.sqrt(3.0 / 16), within(0.3));
    assertThat(labels.reached()).isEqualTo(1);
  }
}
