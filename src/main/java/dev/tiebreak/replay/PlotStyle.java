package dev.tiebreak.replay;

import dev.tiebreak.design.Strategy;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.renderer.AbstractRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;

/** The looks that all charts share. */
final class PlotStyle {

  static final Color GRID = new Color(0xDDDDDD);

  private PlotStyle() {}

  /** An axis of numbers. */
  static NumberAxis numbers(String words) {
    return lettered(new NumberAxis(words));
  }

  /** An axis in our letters. */
  static <A extends Axis> A lettered(A axis) {
    axis.setLabelFont(Panels.TEXT);
    axis.setTickLabelFont(Panels.TEXT);
    return axis;
  }

  /** A series in its strategy's colour and line. */
  static void line(
      AbstractRenderer renderer, int series, Strategy strategy, List<Strategy> strategies) {
    renderer.setSeriesPaint(series, Palette.colour(strategy, strategies));
    renderer.setSeriesFillPaint(series, Palette.colour(strategy, strategies));
    renderer.setSeriesStroke(series, Palette.stroke(strategy, strategies));
    renderer.setSeriesOutlineStroke(series, new BasicStroke(0));
  }

  /** With some room to either side; from 0 to 1 of nothing. */
  static Range roomy(double low, double high) {
    double margin = high > low ? (high - low) / 20 : 0.5;
    return low <= high ? new Range(low - margin, high + margin) : new Range(0, 1);
  }

  /** A panel. */
  static JFreeChart panel(String title, Plot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlinePaint(Color.GRAY);
    JFreeChart chart = new JFreeChart(title.isEmpty() ? null : title, Panels.TITLE, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(8, 8, 4, 12));
    return chart;
  }
}
