package dev.tiebreak.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Fetches all results of a replay into a folder. */
final class ReplayFiles {

  private static final List<String> TABLES =
      List.of("curves", "points", "differences", "ratios", "diversity", "costs");
  private static final List<String> CHARTS = List.of("selectionMillis", "fitMillis", "picks");

  private final ReplayClient client;
  private final long number;
  private final int width;
  private final int height;

  /**
   * The results of a replay.
   *
   * @param width of pictures, pixels
   * @param height likewise
   */
  ReplayFiles(ReplayClient client, long number, int width, int height) {
    this.client = client;
    this.number = number;
    this.width = width;
    this.height = height;
  }

  /** Writes; tells how many files. */
  int write(Path folder) throws InterruptedException {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("replay.json"), fetch("", "application/json"));
      int written = 1;
      for (String table : TABLES) {
        Files.write(folder.resolve(table + ".csv"), fetch("/" + table, "text/csv"));
        Files.write(folder.resolve(table + ".json"), fetch("/" + table, "application/json"));
        written += 2;
      }
      for (String chart : charts()) {
        String path = "/charts/%s?width=%d&height=%d".formatted(chart, width, height);
        Files.write(folder.resolve(chart + ".png"), fetch(path, "image/png"));
        Files.write(folder.resolve(chart + ".svg"), fetch(path, "image/svg+xml"));
        written += 2;
      }
      return written;
    } catch (IOException e) {
      throw new SimulationException("Cannot write to " + folder + ": " + e.getMessage(), e);
    }
  }

  /** The measures of quality that there are, and what else is drawn. */
  private List<String> charts() throws InterruptedException {
    List<String> charts = new ArrayList<>(client.measures(number));
    CHARTS.stream().filter(chart -> !charts.contains(chart)).forEach(charts::add);
    return charts;
  }

  private byte[] fetch(String rest, String mediaType) throws InterruptedException {
    return client.result(number, rest, mediaType);
  }
}
