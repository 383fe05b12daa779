package dev.tiebreak.replay;

import dev.tiebreak.design.Strategy;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.text.TextUtils;

/** Small charts side by side, and one legend below them all. */
final class Panels {

  static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 13);

  private static final int LINE = 20;
  private static final int SAMPLE = 30;
  private static final int GAP = 16;

  static {
    // so that rotated text is text in SVG as well
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  private Panels() {}

  /** How many stand side by side: so that their shape comes nearest to 4 : 3. */
  static int columns(int panels, int width, int height) {
    int best = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int columns = 1; columns <= panels; columns++) {
      int rows = (panels + columns - 1) / columns;
      double shape = (double) width / columns / ((double) height / rows);
      double off = Math.abs(Math.log(shape * 3 / 4));
      if (off < least) {
        least = off;
        best = columns;
      }
    }
    return best;
  }

  /** Draws charts row by row, leaving {@code below} free at the bottom. */
  static void draw(List<JFreeChart> charts, Graphics2D graphics, int width, int height, int below) {
    int columns = columns(charts.size(), width, height);
    int rows = (charts.size() + columns - 1) / columns;
    double w = (double) width / columns;
    double h = (double) (height - below) / rows;
    for (int i = 0; i < charts.size(); i++) {
      charts
          .get(i)
          .draw(
              graphics, new Rectangle2D.Double(i % columns * w, (double) (i / columns) * h, w, h));
    }
  }

  /** Draws charts above a legend and, where it is not empty, a note. */
  static void draw(
      List<JFreeChart> charts,
      List<Strategy> strategies,
      String note,
      Graphics2D graphics,
      int width,
      int height) {
    int legend = legendHeight(strategies, graphics, width);
    int below = legend + (note.isEmpty() ? 0 : LINE);
    draw(charts, graphics, width, height, below);
    drawLegend(strategies, graphics, width, height - below);
    graphics.drawString(note, GAP, height - LINE / 3);
  }

  private static int legendHeight(List<Strategy> strategies, Graphics2D graphics, int width) {
    return layOut(strategies, graphics, width, 0, false) + LINE / 2;
  }

  private static void drawLegend(
      List<Strategy> strategies, Graphics2D graphics, int width, int top) {
    layOut(strategies, graphics, width, top, true);
  }

  /** How high a colour scale is. */
  static int scaleHeight() {
    return 2 * LINE;
  }

  /** Draws the colours from dark to light in the middle, and what their ends mean. */
  static void drawScale(
      Graphics2D graphics, int width, int top, String words, String low, String high) {
    graphics.setFont(TEXT);
    FontMetrics metrics = graphics.getFontMetrics();
    int steps = 4 * SAMPLE;
    String before = words + "  " + low;
    int x = Math.max(GAP, (width - metrics.stringWidth(before + high) - steps - 2 * GAP) / 2);
    int base = top + LINE / 2 + metrics.getAscent();
    graphics.setColor(Color.BLACK);
    graphics.drawString(before, x, base);
    x += metrics.stringWidth(before) + GAP;
    for (int step = 0; step < steps; step++) {
      graphics.setColor(Palette.scale((double) step / steps));
      graphics.fillRect(x + step, top + LINE / 2, 1, metrics.getAscent());
    }
    graphics.setColor(Color.BLACK);
    graphics.drawString(high, x + steps + GAP, base);
  }

  private static int layOut(
      List<Strategy> strategies, Graphics2D graphics, int width, int top, boolean draw) {
    graphics.setFont(TEXT);
    FontMetrics metrics = graphics.getFontMetrics();
    int x = GAP;
    int y = top + LINE / 2;
    for (Strategy strategy : strategies) {
      int entry = SAMPLE + GAP / 2 + metrics.stringWidth(strategy.name()) + GAP;
      if (x > GAP && x + entry > width) {
        x = GAP;
        y += LINE;
      }
      if (draw) {
        graphics.setColor(Palette.colour(strategy, strategies));
        graphics.setStroke(Palette.stroke(strategy, strategies));
        graphics.draw(new Line2D.Double(x, y, x + SAMPLE, y));
        graphics.setColor(Color.BLACK);
        graphics.drawString(
            strategy.name(), (float) (x + SAMPLE + GAP / 2), y + metrics.getAscent() / 2f - 1);
      }
      x += entry;
    }
    return y + LINE / 2 - top;
  }
}
