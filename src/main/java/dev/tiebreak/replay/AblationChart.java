package dev.tiebreak.replay;

import dev.tiebreak.design.Strategy;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.renderer.category.StatisticalLineAndShapeRenderer;
import org.jfree.data.Range;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;

/**
 * What becomes of a measure along a dimension of the grid: a line a strategy, its values at even
 * steps, with a bar of a standard error to either side. A panel for each combination of the other
 * dimensions, all on the same axes.
 */
final class AblationChart implements Picture {

  /** The share of the width between values, so that the lines of one stand near its tick. */
  private static final double NEAR = 0.75;

  private final Results results;
  private final Axis axis;
  private final AblationFigure figure;
  private final Ablation ablation;
  private final String words;
  private final PanelPage page;

  /**
   * A chart.
   *
   * @param ablation of the results
   * @param words of the axis up
   */
  AblationChart(
      Results results,
      Ablation ablation,
      Axis axis,
      AblationFigure figure,
      String words,
      PanelPage page) {
    this.results = results;
    this.ablation = ablation;
    this.axis = axis;
    this.figure = figure;
    this.words = words;
    this.page = page;
  }

  @Override
  public void draw(Graphics2D graphics, int width, int height) {
    Map<String, DefaultStatisticalCategoryDataset> panels = new LinkedHashMap<>();
    page.titles().forEach(title -> panels.put(title, frame()));
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Variant variant : ablation.along(axis)) {
      DefaultStatisticalCategoryDataset data =
          panels.get(Axis.title(results.settings(), variant, axis));
      if (data != null) {
        ResultRow.Ablation row = ablation.row(variant);
        double value = figure.value(row);
        if (!Double.isNaN(value)) {
          double error = figure.standardError(row);
          double known = Double.isNaN(error) ? 0 : error;
          data.add(value, known, variant.strategy(), axis.of(variant));
          low = Math.min(low, value - known);
          high = Math.max(high, value + known);
        }
      }
    }
    Range range = PlotStyle.roomy(low, high);
    List<JFreeChart> charts = new ArrayList<>();
    panels.forEach((title, data) -> charts.add(chart(title, data, range)));
    Panels.draw(charts, results.settings().strategies(), page.note(), graphics, width, height);
  }

  /** So that all panels have all values and lines, in the same order. */
  private DefaultStatisticalCategoryDataset frame() {
    DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
    for (Strategy strategy : results.settings().strategies()) {
      for (String value : axis.ordered(results.settings(), results.variants())) {
        data.add(null, null, strategy, value);
      }
    }
    return data;
  }

  private JFreeChart chart(String title, DefaultStatisticalCategoryDataset data, Range range) {
    NumberAxis values = PlotStyle.numbers(words);
    values.setRange(range);
    CategoryAxis places = PlotStyle.lettered(new CategoryAxis(axis.words()));
    places.setCategoryMargin(NEAR);
    places.setLowerMargin(0.02);
    places.setUpperMargin(0.02);
    CategoryPlot plot = new CategoryPlot(data, places, values, renderer());
    plot.setRangeGridlinePaint(PlotStyle.GRID);
    plot.setDomainGridlinesVisible(true);
    plot.setDomainGridlinePaint(PlotStyle.GRID);
    return PlotStyle.panel(title, plot);
  }

  private StatisticalLineAndShapeRenderer renderer() {
    List<Strategy> strategies = results.settings().strategies();
    StatisticalLineAndShapeRenderer renderer = new StatisticalLineAndShapeRenderer(true, true);
    // side by side, so that bars don't hide each other
    renderer.setUseSeriesOffset(true);
    renderer.setItemMargin(0);
    renderer.setErrorIndicatorStroke(new BasicStroke(1.2f));
    for (int series = 0; series < strategies.size(); series++) {
      PlotStyle.line(renderer, series, strategies.get(series), strategies);
      renderer.setSeriesShape(series, new Ellipse2D.Double(-3, -3, 6, 6));
    }
    return renderer;
  }
}
