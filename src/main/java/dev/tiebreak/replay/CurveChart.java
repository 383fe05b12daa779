package dev.tiebreak.replay;

import dev.tiebreak.design.Strategy;
import dev.tiebreak.evaluation.MeanWithError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * A measure over labels: a line a strategy, the mean over seeds, with a band of a standard error to
 * either side. A panel for each combination of prior, batch size, candidate limit and dimension,
 * all on the same axes.
 */
final class CurveChart implements Picture {

  private static final Color GRID = new Color(0xDDDDDD);
  private static final float BAND = 0.18f;

  private final Results results;
  private final String measure;

  /**
   * A chart.
   *
   * @param measure one that the results have
   */
  CurveChart(Results results, String measure) {
    this.results = results;
    this.measure = measure;
  }

  @Override
  public void draw(Graphics2D graphics, int width, int height) {
    List<Strategy> strategies = results.settings().strategies();
    Map<String, YIntervalSeriesCollection> panels = new LinkedHashMap<>();
    for (Variant variant : results.variants()) {
      panels
          .computeIfAbsent(title(variant), title -> new YIntervalSeriesCollection())
          .addSeries(series(variant));
    }
    Range range = range(panels.values().stream().toList());
    List<JFreeChart> charts = new ArrayList<>();
    panels.forEach((title, data) -> charts.add(chart(title, data, range)));
    int legend = Panels.legendHeight(strategies, graphics, width);
    Panels.draw(charts, graphics, width, height, legend);
    Panels.drawLegend(strategies, graphics, width, height - legend);
  }

  private YIntervalSeries series(Variant variant) {
    YIntervalSeries series = new YIntervalSeries(variant.strategy().name());
    results.curve(variant, measure).forEach((labels, value) -> add(series, labels, value));
    return series;
  }

  private static void add(YIntervalSeries series, int labels, MeanWithError value) {
    double error = Double.isNaN(value.standardError()) ? 0 : value.standardError();
    series.add(labels, value.mean(), value.mean() - error, value.mean() + error);
  }

  /** What this panel has of the axes that have several values. */
  private String title(Variant variant) {
    ReplaySettings settings = results.settings();
    List<String> words = new ArrayList<>();
    if (settings.priors().size() > 1) {
      words.add(variant.prior() + " prior");
    }
    if (settings.batchSizes().size() > 1) {
      words.add("batches of " + variant.batchSize());
    }
    if (settings.candidateLimits().size() > 1) {
      Integer limit = variant.candidateLimit();
      words.add((limit == null ? "all" : limit.toString()) + " candidates");
    }
    if (settings.dimensions().size() > 1) {
      Integer dimension = variant.dimension();
      words.add((dimension == null ? "all" : dimension.toString()) + " dimensions");
    }
    return String.join(" · ", words);
  }

  private static Range range(List<YIntervalSeriesCollection> panels) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (YIntervalSeriesCollection data : panels) {
      for (int series = 0; series < data.getSeriesCount(); series++) {
        for (int item = 0; item < data.getItemCount(series); item++) {
          low = Math.min(low, data.getStartYValue(series, item));
          high = Math.max(high, data.getEndYValue(series, item));
        }
      }
    }
    double margin = high > low ? (high - low) / 20 : 0.5;
    return low <= high ? new Range(low - margin, high + margin) : new Range(0, 1);
  }

  private JFreeChart chart(String title, YIntervalSeriesCollection data, Range range) {
    NumberAxis labels = axis("Labels");
    labels.setAutoRangeIncludesZero(true);
    labels.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    // so much room about a number keeps them few
    labels.setTickLabelInsets(new RectangleInsets(2, 14, 2, 14));
    NumberAxis values = axis(Measure.words(measure));
    values.setRange(range);
    XYPlot plot = new XYPlot(data, labels, values, renderer(data));
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setOutlinePaint(Color.GRAY);
    JFreeChart chart = new JFreeChart(title.isEmpty() ? null : title, Panels.TITLE, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(8, 8, 4, 12));
    return chart;
  }

  private static NumberAxis axis(String label) {
    NumberAxis axis = new NumberAxis(label);
    axis.setLabelFont(Panels.TEXT);
    axis.setTickLabelFont(Panels.TEXT);
    return axis;
  }

  private DeviationRenderer renderer(YIntervalSeriesCollection data) {
    List<Strategy> strategies = results.settings().strategies();
    DeviationRenderer renderer = new DeviationRenderer(true, false);
    renderer.setAlpha(BAND);
    for (int series = 0; series < data.getSeriesCount(); series++) {
      Strategy strategy = Strategy.valueOf(data.getSeriesKey(series).toString());
      Color colour = Palette.colour(strategy, strategies);
      renderer.setSeriesPaint(series, colour);
      renderer.setSeriesFillPaint(series, colour);
      renderer.setSeriesStroke(series, Palette.stroke(strategy, strategies));
      renderer.setSeriesOutlineStroke(series, new BasicStroke(0));
      // a curve of one point would be nothing but that point
      renderer.setSeriesShapesVisible(series, data.getItemCount(series) == 1);
    }
    return renderer;
  }
}
