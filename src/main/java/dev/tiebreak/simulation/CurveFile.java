package dev.tiebreak.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Learning curves as CSV, a line a point, written as the points come. */
final class CurveFile {

  static final String HEADER =
      "project,strategy,seed,labels,round,spearman,accuracy,logLoss,seconds\n";

  private final Path file;

  private CurveFile(Path file) {
    this.file = file;
  }

  /**
   * Begins a file.
   *
   * @param append goes on in one that exists
   */
  static CurveFile open(Path file, boolean append) {
    CurveFile csv = new CurveFile(file);
    if (!append || !Files.exists(file)) {
      csv.write(
          HEADER,
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);
    }
    return csv;
  }

  void add(String project, String strategy, long seed, Checkpoint point) {
    Score score = point.score();
    write(
        String.format(
            Locale.ROOT,
            "%s,%s,%d,%d,%d,%s,%s,%s,%.3f\n",
            project,
            strategy,
            seed,
            point.labels(),
            point.round(),
            number(score.spearman()),
            number(score.accuracy()),
            number(score.logLoss()),
            point.elapsed().toNanos() / 1e9),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value);
  }

  private void write(String text, StandardOpenOption... options) {
    try {
      Files.writeString(file, text, options);
    } catch (IOException e) {
      throw new SimulationException(file + " can't be written: " + e.getMessage(), e);
    }
  }
}
