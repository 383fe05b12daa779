package dev.tiebreak.replay;

import dev.tiebreak.design.Strategy;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;

/**
 * What each strategy picks: responses as points, from dark to light by their gold reward, and the
 * first comparisons of the first seed as lines between them. A panel a strategy, of the first
 * variant that has it.
 */
final class PicksChart implements Picture {

  private static final int MOST_POINTS = 1500;
  private static final Color PICK = new Color(0xC0D55E00, true);
  private static final Shape DOT = new Ellipse2D.Double(-2, -2, 4, 4);

  /** Steps of the colours. */
  private static final int STEPS = 12;

  private final Results results;
  private final Plane plane;
  private final double[] gold;
  private final int labels;

  /**
   * A chart.
   *
   * @param gold rewards, by which points are coloured; empty: all alike
   * @param labels comparisons that are drawn
   */
  PicksChart(Results results, Plane plane, double[] gold, int labels) {
    this.results = results;
    this.plane = plane;
    this.gold = gold;
    this.labels = labels;
  }

  @Override
  public void draw(Graphics2D graphics, int width, int height) {
    DefaultXYDataset points = points();
    List<JFreeChart> charts = new ArrayList<>();
    firsts(results).forEach((strategy, first) -> charts.add(chart(strategy, first, points)));
    if (charts.isEmpty()) {
      return;
    }
    int below = gold.length == 0 ? 0 : Panels.scaleHeight();
    Panels.draw(charts, graphics, width, height, below);
    if (gold.length > 0) {
      double[] range = range();
      Panels.drawScale(
          graphics, width, height - below, "Gold reward", number(range[0]), number(range[1]));
    }
  }

  /** The rows that a chart draws: points at even steps, and what was picked. */
  static SortedSet<Integer> shown(Results results, int n, int labels) {
    SortedSet<Integer> rows = new TreeSet<>();
    for (int row = 0; row < n; row += stride(n)) {
      rows.add(row);
    }
    firsts(results).values().stream()
        .flatMap(series -> series.picks().stream().limit(labels))
        .flatMap(pick -> Stream.of(pick.a(), pick.b()))
        .filter(row -> row < n)
        .forEach(rows::add);
    return rows;
  }

  private static int stride(int n) {
    return Math.max(1, (n + MOST_POINTS - 1) / MOST_POINTS);
  }

  /** The first seed of the first variant of each strategy. */
  private static Map<Strategy, Series> firsts(Results results) {
    Map<Strategy, Series> firsts = new LinkedHashMap<>();
    for (Variant variant : results.variants()) {
      Series first = results.of(variant).get(0);
      if (first != null) {
        firsts.putIfAbsent(variant.strategy(), first);
      }
    }
    return firsts;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  /** A series for each step of the colours. */
  private DefaultXYDataset points() {
    int n = plane.x().length;
    double[] range = range();
    List<List<Integer>> steps = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      steps.add(new ArrayList<>());
    }
    for (int row = 0; row < n; row += stride(n)) {
      if (plane.has(row)) {
        steps.get(step(row, range)).add(row);
      }
    }
    DefaultXYDataset data = new DefaultXYDataset();
    for (int step = 0; step < STEPS; step++) {
      List<Integer> rows = steps.get(step);
      data.addSeries(
          step,
          new double[][] {
            rows.stream().mapToDouble(row -> plane.x()[row]).toArray(),
            rows.stream().mapToDouble(row -> plane.y()[row]).toArray()
          });
    }
    return data;
  }

  /** The 2nd and the 98th percentile of the gold rewards. */
  private double[] range() {
    double[] sorted =
        Arrays.stream(gold).filter(reward -> !Double.isNaN(reward)).sorted().toArray();
    return sorted.length == 0
        ? new double[] {0, 1}
        : new double[] {
          sorted[(int) (0.02 * (sorted.length - 1))], sorted[(int) (0.98 * (sorted.length - 1))]
        };
  }

  private int step(int row, double[] range) {
    if (gold.length == 0 || Double.isNaN(gold[row]) || !(range[1] > range[0])) {
      return STEPS / 2;
    }
    double place = (gold[row] - range[0]) / (range[1] - range[0]);
    return Math.clamp((int) (place * STEPS), 0, STEPS - 1);
  }

  private JFreeChart chart(Strategy strategy, Series result, DefaultXYDataset points) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    for (int step = 0; step < STEPS; step++) {
      renderer.setSeriesPaint(step, Palette.scale((step + 0.5) / STEPS));
      renderer.setSeriesShape(step, DOT);
    }
    XYPlot plot = new XYPlot(points, axis(plane.xWords()), axis(plane.yWords()), renderer);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    result.picks().stream()
        .limit(labels)
        .filter(pick -> plane.has(pick.a()) && plane.has(pick.b()))
        .forEach(pick ->
            plot.addAnnotation(
                new XYLineAnnotation(
                    plane.x()[pick.a()],
                    plane.y()[pick.a()],
                    plane.x()[pick.b()],
                    plane.y()[pick.b()],
                    new BasicStroke(1.6f),
                    PICK)));
    return PlotStyle.panel(strategy.name(), plot);
  }

  private static NumberAxis axis(String words) {
    NumberAxis axis = PlotStyle.numbers(words);
    axis.setAutoRangeIncludesZero(false);
    return axis;
  }
}
