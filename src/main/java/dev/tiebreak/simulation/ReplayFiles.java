package dev.tiebreak.simulation;

import dev.tiebreak.simulation.Contract.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fetches all results of a replay into a folder. */
final class ReplayFiles {

  private static final List<String> TABLES =
      List.of("curves", "points", "differences", "ratios", "diversity", "costs");
  private static final List<String> CHARTS = List.of("selectionMillis", "fitMillis", "picks");

  /** The lists of the settings that make a dimension of the grid, and its name in results. */
  private static final Map<String, String> AXES = axes();

  private final ReplayClient client;
  private final long number;
  private final String size;

  /**
   * The results of a replay.
   *
   * @param width of pictures, pixels
   * @param height likewise
   */
  ReplayFiles(ReplayClient client, long number, int width, int height) {
    this.client = client;
    this.number = number;
    this.size = "width=%d&height=%d".formatted(width, height);
  }

  private static Map<String, String> axes() {
    Map<String, String> axes = new LinkedHashMap<>();
    axes.put("priors", "prior");
    axes.put("batchSizes", "batchSize");
    axes.put("candidateLimits", "candidateLimit");
    axes.put("dimensions", "dimension");
    return axes;
  }

  /** Writes; tells how many files. */
  int write(Path folder) throws InterruptedException {
    try {
      Files.createDirectories(folder);
      byte[] replay = client.result(number, "", "application/json");
      Files.write(folder.resolve("replay.json"), replay);
      int written = 1 + 2 * TABLES.size();
      Set<String> charts = new LinkedHashSet<>();
      for (String table : TABLES) {
        Rows rows = table(folder, table, table, "");
        if (table.equals("curves")) {
          rows.items().forEach(row -> charts.add(row.path("measure").asString()));
        }
      }
      charts.addAll(CHARTS);
      for (String chart : charts) {
        written += chart(folder, chart, chart, "");
      }
      return written + ablations(folder, JsonMapper.shared().readTree(replay));
    } catch (IOException e) {
      throw new SimulationException("Cannot write to " + folder + ": " + e.getMessage(), e);
    }
  }

  /** One for each dimension of the grid that has several values. */
  private int ablations(Path folder, JsonNode replay) throws IOException, InterruptedException {
    int written = 0;
    for (Map.Entry<String, String> axis : AXES.entrySet()) {
      if (replay.path("settings").path(axis.getKey()).size() > 1) {
        String name = "ablation-" + axis.getValue();
        String by = "by=" + axis.getValue();
        table(folder, name, "ablations", by);
        written += 2;
        for (String figure : List.of("FINAL", "AREA", "LABELS")) {
          String file = name + "-" + figure.toLowerCase(Locale.ROOT);
          written += chart(folder, file, "ablations", by + "&figure=" + figure + "&");
        }
      }
    }
    return written;
  }

  private Rows table(Path folder, String file, String table, String query)
      throws IOException, InterruptedException {
    Files.write(
        folder.resolve(file + ".csv"),
        client.result(number, "/" + table + "?" + query, "text/csv"));
    Rows rows = client.rows(number, table + "?limit=1000&" + query);
    Files.write(folder.resolve(file + ".json"), client.write(rows));
    return rows;
  }

  private int chart(Path folder, String file, String chart, String query)
      throws IOException, InterruptedException {
    String path = "/charts/" + chart + "?" + query + size;
    Files.write(folder.resolve(file + ".png"), client.result(number, path, "image/png"));
    Files.write(folder.resolve(file + ".svg"), client.result(number, path, "image/svg+xml"));
    return 2;
  }
}
