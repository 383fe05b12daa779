package dev.tiebreak.replay;

import dev.tiebreak.design.Strategy;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
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
    List<Strategy> drawn = new ArrayList<>();
    List<JFreeChart> charts = new ArrayList<>();
    for (Variant variant : results.variants()) {
      CellResult first = results.of(variant).get(0);
      if (first != null && !drawn.contains(variant.strategy())) {
        drawn.add(variant.strategy());
        charts.add(chart(variant.strategy(), first, points));
      }
    }
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

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  /** A series for each step of the colours. */
  private DefaultXYDataset points() {
    int n = plane.x().length;
    int stride = (n + MOST_POINTS - 1) / MOST_POINTS;
    double[] range = range();
    List<List<Integer>> steps = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      steps.add(new ArrayList<>());
    }
    for (int row = 0; row < n; row += Math.max(1, stride)) {
      if (!Double.isNaN(plane.x()[row] + plane.y()[row])) {
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

  private JFreeChart chart(Strategy strategy, CellResult result, DefaultXYDataset points) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    for (int step = 0; step < STEPS; step++) {
      renderer.setSeriesPaint(step, Palette.scale((step + 0.5) / STEPS));
      renderer.setSeriesShape(step, DOT);
    }
    XYPlot plot = new XYPlot(points, axis(plane.xWords()), axis(plane.yWords()), renderer);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    result.picks().stream()
        .limit(labels)
        .forEach(pick ->
            plot.addAnnotation(
                new XYLineAnnotation(
                    plane.x()[pick.a()],
                    plane.y()[pick.a()],
                    plane.x()[pick.b()],
                    plane.y()[pick.b()],
                    new BasicStroke(1.6f),
                    PICK)));
    JFreeChart chart = new JFreeChart(strategy.name(), Panels.TITLE, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(6, 6, 6, 10));
    return chart;
  }

  private static NumberAxis axis(String words) {
    NumberAxis axis = new NumberAxis(words);
    axis.setAutoRangeIncludesZero(false);
    axis.setLabelFont(Panels.TEXT);
    axis.setTickLabelFont(Panels.TEXT);
    return axis;
  }
}
