package dev.tiebreak.replay;

import dev.tiebreak.design.Strategy;
import dev.tiebreak.evaluation.MeanWithError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The cells of a replay that are done. Never changed. */
final class Results {

  private static final int MOST_RATIOS = 20_000;

  /**
   * A cell that is done.
   *
   * @param number in the grid
   */
  record Done(int number, Series series) {}

  /** What a ratio is computed from. */
  private record RatioKey(Variant variant, String measure, Target target) {}

  private final ReplaySettings settings;
  private final Grid grid;
  private final List<Done> cells;
  private final Set<String> measures = new LinkedHashSet<>();

  /** By variant and repetition. */
  private final Map<Variant, SortedMap<Integer, Series>> byVariant = new LinkedHashMap<>();

  /** What was drawn for once; a bootstrap is the dear part. */
  private final Map<RatioKey, LabelRatio> ratios = new ConcurrentHashMap<>();

  /**
   * Results.
   *
   * @param cells in the order in which they were done
   */
  Results(ReplaySettings settings, List<Done> cells) {
    this.settings = settings;
    this.grid = new Grid(settings);
    this.cells = List.copyOf(cells);
    grid.variants().forEach(variant -> byVariant.put(variant, new TreeMap<>()));
    for (Done done : cells) {
      Cell cell = grid.cell(done.number());
      byVariant
          .computeIfAbsent(cell.variant(), absent -> new TreeMap<>())
          .put(cell.repetition(), done.series());
      measures.addAll(done.series().measures().keySet());
    }
  }

  ReplaySettings settings() {
    return settings;
  }

  /** How many cells are done. */
  int done() {
    return cells.size();
  }

  /** The numbers of the cells. */
  int[] numbers() {
    return cells.stream().mapToInt(Done::number).toArray();
  }

  /** These, and others that were done after them. */
  Results and(List<Done> more) {
    List<Done> all = new ArrayList<>(cells);
    all.addAll(more);
    return new Results(settings, all);
  }

  /** As they were when so many cells were done. */
  Results first(int count) {
    return count == cells.size() ? this : new Results(settings, cells.subList(0, count));
  }

  /** About how many numbers they hold. */
  long size() {
    return cells.stream().mapToLong(cell -> cell.series().size()).sum();
  }

  /** The variants, whether or not they have results. */
  List<Variant> variants() {
    return grid.variants();
  }

  /** The results of a variant by repetition. */
  SortedMap<Integer, Series> of(Variant variant) {
    return byVariant.getOrDefault(variant, Collections.emptySortedMap());
  }

  /** The names of all measures that some point has. */
  Set<String> measures() {
    return Collections.unmodifiableSet(measures);
  }

  /**
   * The mean curve of a variant, over the repetitions that have the measure, at the label counts
   * that all of them reached: where they ran out of verdicts, each of them at a count of its own, a
   * mean over a few would say something else.
   */
  SortedMap<Integer, MeanWithError> curve(Variant variant, String measure) {
    SortedMap<Integer, MeanWithError> curve = new TreeMap<>();
    Curves curves = curves(variant, measure);
    if (curves != null) {
      for (int place = 0; place < curves.labels().length; place++) {
        curve.put(curves.labels()[place], curves.at(place));
      }
    }
    return curve;
  }

  /** The curves of a variant, one a repetition; null where nothing is common to them. */
  @Nullable Curves curves(Variant variant, String measure) {
    return Curves.of(
        of(variant).values().stream().filter(series -> series.has(measure)).toList(), measure);
  }

  /**
   * The curves of a variant and of RANDOM; null where the repetitions that both have done don't
   * have the measure.
   */
  @Nullable PairedCurves paired(Variant variant, String measure) {
    return PairedCurves.of(of(variant), of(variant.with(Strategy.RANDOM)), measure);
  }

  /** The labels to a target against RANDOM's, drawn for once; null where nothing is common. */
  @Nullable LabelRatio ratio(Variant variant, String measure, Target target) {
    RatioKey key = new RatioKey(variant, measure, target);
    LabelRatio known = ratios.get(key);
    PairedCurves curves = known == null ? paired(variant, measure) : null;
    if (curves == null) {
      return known;
    }
    if (ratios.size() >= MOST_RATIOS) {
      ratios.clear();
    }
    LabelRatio ratio = LabelRatio.of(curves, measure, target, settings.seed());
    ratios.put(key, ratio);
    return ratio;
  }
}
