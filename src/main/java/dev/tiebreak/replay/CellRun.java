package dev.tiebreak.replay;

import dev.tiebreak.design.Design;
import dev.tiebreak.design.DesignProblem;
import dev.tiebreak.design.Pairs;
import dev.tiebreak.design.RoundSeed;
import dev.tiebreak.design.SelectedPair;
import dev.tiebreak.design.Selection;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.preference.Fit;
import dev.tiebreak.preference.JudgementGroups;
import dev.tiebreak.preference.Judgements;
import dev.tiebreak.preference.MixedLastLayer;
import dev.tiebreak.preference.PriorSpecification;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plays a project: fit, selection, answers, and again, by the code of the rounds and under their
 * seeds. Each batch is answered as a whole before the next, so nothing is ever pending.
 */
final class CellRun {

  /** The first comparisons of the first seed are kept, for pictures. */
  static final int MOST_PICKS = 1000;

  private final ReplaySettings settings;
  private final Variant variant;
  private final int mostPicks;
  private final Trial trial;
  private final LinearAlgebra algebra;
  private final Runnable pause;
  private final CpuClock clock = new CpuClock();
  private final Oracle oracle;
  private final List<Judged> judged = new ArrayList<>();
  private final Set<Integer> compared = new HashSet<>();
  private final List<Point> points = new ArrayList<>();
  private final List<Pick> picks = new ArrayList<>();
  private double computeMillis;

  private record Judged(int a, int b, Answered answer) {}

  /**
   * A run.
   *
   * @param pause called between the steps; may wait, or throw to give the cell up
   */
  CellRun(ReplaySettings settings, Cell cell, Trial trial, LinearAlgebra algebra, Runnable pause) {
    this.settings = settings;
    this.variant = cell.variant();
    this.mostPicks = cell.repetition() == 0 ? MOST_PICKS : 0;
    this.trial = trial;
    this.algebra = algebra;
    this.pause = pause;
    this.oracle = trial.oracle();
  }

  /** Runs to the last label. */
  CellResult run() {
    long start = System.nanoTime();
    Fit fit = fit(null);
    for (int batch = 1; judged.size() < settings.labels(); batch++) {
      Selection selection = select(fit, batch);
      double selectionMillis = clock.lap();
      if (selection.pairs().isEmpty()) {
        break;
      }
      answer(selection, batch);
      fit = fit(fit);
      double fitMillis = clock.lap();
      computeMillis += selectionMillis + fitMillis;
      points.add(point(fit, selection, selectionMillis, fitMillis));
    }
    if (points.isEmpty()) {
      throw new ReplayException(
          "There is no pair to ask: none that the pairing allows has a label");
    }
    return new CellResult(
        points, picks, trial.rows().length, (System.nanoTime() - start) / 1_000_000);
  }

  private Fit fit(@Nullable Fit earlier) {
    pause.run();
    clock.lap();
    PriorSpecification prior =
        new PriorSpecification(
            variant.prior(), settings.priorPrecision(), settings.priorExponent());
    return new MixedLastLayer(algebra)
        .fit(
            trial.training(),
            trial.spectrum(),
            judgements(),
            new JudgementGroups(
                trial.promptOf(),
                judged.stream().mapToInt(verdict -> verdict.answer.annotator()).toArray()),
            prior,
            settings.comparisonModel(),
            null,
            earlier);
  }

  private Judgements judgements() {
    return new Judgements(
        judged.stream().mapToInt(Judged::a).toArray(),
        judged.stream().mapToInt(Judged::b).toArray(),
        judged.stream().mapToDouble(verdict -> verdict.answer.y()).toArray());
  }

  private Selection select(Fit fit, int batch) {
    pause.run();
    clock.lap();
    boolean uniformly = batch == 1 && settings.firstBatch() == FirstBatch.RANDOM;
    return Design.selectAmong(
        new DesignProblem(
            fit.map().apply(trial.training()),
            trial.training(),
            trial.promptOf(),
            fit.coefficients(),
            fit.information(),
            judgements(),
            Pairs.none(),
            oracle.spent(),
            settings.pairing(),
            uniformly ? Strategy.RANDOM : variant.strategy(),
            Math.min(variant.batchSize(), settings.labels() - judged.size()),
            settings.randomShare(),
            variant.candidateLimit(),
            RoundSeed.of(trial.seed(), batch),
            fit.effects()),
        oracle.askable(),
        algebra);
  }

  private void answer(Selection selection, int batch) {
    for (SelectedPair pair : selection.pairs()) {
      judged.add(new Judged(pair.a(), pair.b(), oracle.ask(pair.a(), pair.b())));
      compared.add(pair.a());
      compared.add(pair.b());
      if (picks.size() < mostPicks) {
        picks.add(new Pick(batch, trial.rows()[pair.a()], trial.rows()[pair.b()]));
      }
    }
  }

  private Point point(Fit fit, Selection selection, double selectionMillis, double fitMillis) {
    Map<String, Double> measures = new LinkedHashMap<>(trial.measure(fit.weights(), algebra));
    measures.put(Measure.SELECTION_MILLIS, selectionMillis);
    measures.put(Measure.FIT_MILLIS, fitMillis);
    return new Point(
        judged.size(),
        measures,
        Diversity.of(selection.diagnostics()),
        compared.size(),
        computeMillis);
  }
}
