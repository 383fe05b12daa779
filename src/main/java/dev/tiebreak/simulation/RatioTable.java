package dev.tiebreak.simulation;

import dev.tiebreak.simulation.Contract.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The labels that strategies need, for people. */
final class RatioTable {

  private RatioTable() {}

  static String text(List<Ratio> ratios) {
    if (ratios.isEmpty()) {
      return "";
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("measure", "target", "strategy", "labels", "RANDOM's", "ratio (95 %)"));
    for (Ratio ratio : ratios) {
      rows.add(
          List.of(
              ratio.measure(),
              String.format(Locale.ROOT, "%.4f", ratio.target()),
              ratio.strategy() + variant(ratio),
              number(ratio.labels()),
              number(ratio.randomLabels()),
              number(ratio.ratio()) + interval(ratio)));
    }
    return "\nLabels to the target, against RANDOM\n" + Columns.aligned(rows) + "\n";
  }

  private static String variant(Ratio ratio) {
    String limit = ratio.candidateLimit() == null ? "" : ", of " + ratio.candidateLimit();
    String dimension = ratio.dimension() == null ? "" : ", d " + ratio.dimension();
    return " (%s, %d%s%s)".formatted(ratio.prior(), ratio.batchSize(), limit, dimension);
  }

  private static String number(@Nullable Double value) {
    return value == null ? "–" : String.format(Locale.ROOT, "%.1f", value);
  }

  private static String interval(Ratio ratio) {
    return ratio.lower() == null
        ? ""
        : " (%s to %s)".formatted(number(ratio.lower()), number(ratio.upper()));
  }
}
