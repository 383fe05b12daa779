package dev.tiebreak.replay;

import dev.tiebreak.design.Strategy;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Stroke;
import java.util.List;

/**
 * Colours that people with any colour vision tell apart: Okabe and Ito's for strategies, with
 * another dash where they are used up; viridis, dark to light, for a scale.
 */
final class Palette {

  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9));

  private static final Color RANDOM = new Color(0x404040);

  private static final List<float[]> DASHES =
      List.of(new float[] {7, 4}, new float[] {10, 3, 2, 3});

  private static final int[][] VIRIDIS = {
    {68, 1, 84}, {59, 82, 139}, {33, 145, 140}, {94, 201, 98}, {253, 231, 37}
  };

  private Palette() {}

  /** The colour of a strategy among those of a replay. */
  static Color colour(Strategy strategy, List<Strategy> all) {
    return strategy == Strategy.RANDOM
        ? RANDOM
        : COLOURS.get(place(strategy, all) % COLOURS.size());
  }

  /** Its line: RANDOM's is dotted. */
  static Stroke stroke(Strategy strategy, List<Strategy> all) {
    if (strategy == Strategy.RANDOM) {
      return stroke(new float[] {2, 3});
    }
    int use = place(strategy, all) / COLOURS.size();
    return use == 0 ? new BasicStroke(2) : stroke(DASHES.get((use - 1) % DASHES.size()));
  }

  private static Stroke stroke(float[] dash) {
    return new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
  }

  private static int place(Strategy strategy, List<Strategy> all) {
    return all.stream().filter(other -> other != Strategy.RANDOM).toList().indexOf(strategy);
  }

  /** The colour of a place on a scale from 0 to 1. */
  static Color scale(double place) {
    double x = Math.clamp(place, 0, 1) * (VIRIDIS.length - 1);
    int i = (int) Math.min(Math.floor(x), VIRIDIS.length - 2.0);
    double share = x - i;
    int[] rgb = new int[3];
    for (int channel = 0; channel < 3; channel++) {
      rgb[channel] =
          (int) Math.round((1 - share) * VIRIDIS[i][channel] + share * VIRIDIS[i + 1][channel]);
    }
    return new Color(rgb[0], rgb[1], rgb[2]);
  }
}
