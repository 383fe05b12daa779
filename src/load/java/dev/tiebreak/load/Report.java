package dev.tiebreak.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the run came to, as JSON and as Markdown. */
final class Report {

  private static final List<Double> PERCENTILES = List.of(50.0, 95.0, 99.0);

  private final Options options;
  private final List<PhaseResult> phases;
  private final LogCheck log;
  private final List<Goal> goals;

  Report(Options options, List<PhaseResult> phases, LogCheck log, List<Goal> goals) {
    this.options = options;
    this.phases = phases;
    this.log = log;
    this.goals = goals;
  }

  /** Writes {@code report.json} and {@code report.md}. */
  void write(Path directory) throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("options", options);
    report.put("phases", phases.stream().map(Report::phase).toList());
    report.put("log", log);
    report.put("goals", goals);
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    Files.writeString(directory.resolve("report.json"), mapper.writeValueAsString(report));
    Files.writeString(directory.resolve("report.md"), markdown());
  }

  private static Map<String, Object> phase(PhaseResult result) {
    Measurements measurements = result.measurements();
    Map<String, Object> calls = new LinkedHashMap<>();
    for (Call call : Call.values()) {
      calls.put(call.name(), latencies(measurements.served(call), result));
    }
    Map<String, Object> phase = new LinkedHashMap<>();
    phase.put("name", result.phase().name());
    phase.put("seconds", result.seconds());
    phase.put("factor", result.phase().factor());
    phase.put("calls", calls);
    phase.put("refused", latencies(measurements.refused(), result));
    phase.put("errors", measurements.errors());
    phase.put("examples", measurements.examples());
    phase.put("outcomes", measurements.outcomes());
    phase.put("freshLeases", measurements.fresh());
    phase.put("shortBatches", measurements.shortBatches());
    phase.put("rounds", result.rounds());
    phase.put("usage", result.usage());
    return phase;
  }

  private static Map<String, Object> latencies(Histogram micros, PhaseResult result) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("count", micros.getTotalCount());
    figures.put("perSecond", result.perSecond(micros.getTotalCount()));
    for (double percentile : PERCENTILES) {
      figures.put("p%.0fMillis".formatted(percentile), millis(micros, percentile));
    }
    figures.put("greatestMillis", micros.getMaxValue() / 1000.0);
    return figures;
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1000.0;
  }

  String markdown() {
    List<String> lines = new ArrayList<>();
    phases.forEach(result -> lines.addAll(table(result)));
    lines.add("## The log");
    lines.add("");
    lines.add(
        "%d acknowledged, %d in the log: %d lost, %d unexpected (%d sent without an answer), %d numbers given twice,"
            .formatted(
                log.acknowledged(),
                log.logged(),
                log.lost(),
                log.unexpected(),
                log.uncertain(),
                log.twice()));
    lines.add("%d over-asked".formatted(log.overAsked()));
    lines.add("");
    lines.add("## Goals");
    lines.add("");
    goals.forEach(goal -> lines.add("- " + goal));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> table(PhaseResult result) {
    Measurements measurements = result.measurements();
    Usage usage = result.usage();
    List<String> lines = new ArrayList<>();
    lines.add("## " + result.phase().name());
    lines.add("");
    lines.add("| milliseconds | calls a second | p50 | p95 | p99 | greatest |");
    lines.add("|---|---|---|---|---|---|");
    for (Call call : Call.values()) {
      lines.add(row(call.name(), measurements.served(call), result));
    }
    lines.add(row("refused", measurements.refused(), result));
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "%.0f s at factor %.0f: verdicts a second %.0f, fresh leases a second %.0f, batches of"
                + " fewer than asked %d, errors %d, rounds %d; processors used: service %.2f,"
                + " PostgreSQL %.2f, generator %.2f; service's memory %d MB, peak %d MB",
            result.seconds(),
            result.phase().factor(),
            result.verdictsPerSecond(),
            result.perSecond(measurements.fresh()),
            measurements.shortBatches(),
            measurements.errors(),
            result.rounds(),
            result.perSecond(usage.service()),
            result.perSecond(usage.postgres()),
            result.perSecond(usage.generator()),
            usage.residentBytes() / 1_000_000,
            usage.peakBytes() / 1_000_000));
    lines.add("");
    lines.add("verdicts: " + measurements.outcomes());
    measurements.examples().forEach(example -> lines.add("- error: " + example));
    lines.add("");
    return lines;
  }

  private static String row(String name, Histogram micros, PhaseResult result) {
    return String.format(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.1f | %.1f | %.1f |",
        name,
        result.perSecond(micros.getTotalCount()),
        millis(micros, 50),
        millis(micros, 95),
        millis(micros, 99),
        micros.getMaxValue() / 1000.0);
  }
}
