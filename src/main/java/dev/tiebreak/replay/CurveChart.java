package dev.tiebreak.replay;

import dev.tiebreak.design.Strategy;
import dev.tiebreak.evaluation.MeanWithError;
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

  private static final float BAND = 0.18f;

  private final Results results;
  private final String measure;
  private final PanelPage page;

  /**
   * A chart.
   *
   * @param measure one that the results have
   */
  CurveChart(Results results, String measure, PanelPage page) {
    this.results = results;
    this.measure = measure;
    this.page = page;
  }

  @Override
  public void draw(Graphics2D graphics, int width, int height) {
    Map<String, YIntervalSeriesCollection> panels = new LinkedHashMap<>();
    page.titles().forEach(title -> panels.put(title, new YIntervalSeriesCollection()));
    for (Variant variant : results.variants()) {
      YIntervalSeriesCollection panel = panels.get(Axis.title(results.settings(), variant, null));
      if (panel != null) {
        panel.addSeries(series(variant));
      }
    }
    Range range = range(panels.values().stream().toList());
    List<JFreeChart> charts = new ArrayList<>();
    panels.forEach((title, data) -> charts.add(chart(title, data, range)));
    Panels.draw(charts, results.settings().strategies(), page.note(), graphics, width, height);
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
    return PlotStyle.roomy(low, high);
  }

  private JFreeChart chart(String title, YIntervalSeriesCollection data, Range range) {
    NumberAxis labels = PlotStyle.numbers("Labels");
    labels.setAutoRangeIncludesZero(true);
    labels.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    // so much room about a number keeps them few
    labels.setTickLabelInsets(new RectangleInsets(2, 14, 2, 14));
    NumberAxis values = PlotStyle.numbers(Measure.words(measure));
    values.setRange(range);
    XYPlot plot = new XYPlot(data, labels, values, renderer(data));
    plot.setDomainGridlinePaint(PlotStyle.GRID);
    plot.setRangeGridlinePaint(PlotStyle.GRID);
    return PlotStyle.panel(title, plot);
  }

  private DeviationRenderer renderer(YIntervalSeriesCollection data) {
    List<Strategy> strategies = results.settings().strategies();
    DeviationRenderer renderer = new DeviationRenderer(true, false);
    renderer.setAlpha(BAND);
    for (int series = 0; series < data.getSeriesCount(); series++) {
      Strategy strategy = Strategy.valueOf(data.getSeriesKey(series).toString());
      PlotStyle.line(renderer, series, strategy, strategies);
      // a curve of one point would be nothing but that point
      renderer.setSeriesShapesVisible(series, data.getItemCount(series) == 1);
    }
    return renderer;
  }
}
