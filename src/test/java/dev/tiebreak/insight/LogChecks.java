package dev.tiebreak.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.tiebreak.RemoteProject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What progress says, against what follows from the log as clients see it, worked out plainly. */
final class LogChecks {

  private LogChecks() {}

  static boolean isCounted(JsonNode verdict) {
    return verdict.path("counted").asBoolean();
  }

  static boolean isImported(JsonNode verdict) {
    return verdict.path("outcome").asString().equals("IMPORTED");
  }

  static String preference(JsonNode verdict) {
    return verdict.path("preference").asString();
  }

  static List<JsonNode> standing(List<JsonNode> log) {
    List<Long> replaced =
        log.stream()
            .filter(verdict -> !verdict.path("replaces").isNull())
            .map(verdict -> verdict.path("replaces").asLong())
            .toList();
    return log.stream()
        .filter(verdict -> !replaced.contains(verdict.path("verdict").asLong()))
        .toList();
  }

  static void checkCounts(RemoteProject project, JsonNode progress, List<JsonNode> log) {
    JsonNode known = project.json().path("counts");
    JsonNode counts = progress.path("counts");
    JsonNode comparisons = counts.path("comparisons");
    assertThat(counts.path("responses")).isEqualTo(known.path("responses"));
    assertThat(counts.path("prompts")).isEqualTo(known.path("prompts"));
    assertThat(comparisons.path("open")).isEqualTo(known.path("comparisonsOpen"));
    assertThat(comparisons.path("leased")).isEqualTo(known.path("comparisonsLeased"));
    assertThat(comparisons.path("answered")).isEqualTo(known.path("comparisonsAnswered"));
    assertThat(comparisons.path("retired")).isEqualTo(known.path("comparisonsRetired"));
    JsonNode verdicts = counts.path("verdicts");
    List<JsonNode> standing = standing(log);
    assertThat(verdicts.path("logged").asInt()).isEqualTo(log.size());
    assertThat(verdicts.path("replaced").asInt()).isEqualTo(log.size() - standing.size());
    assertThat(verdicts.path("replaced").asInt()).isPositive();
    assertThat(verdicts.path("counted").asLong())
        .isEqualTo(standing.stream().filter(LogChecks::isCounted).count());
    assertThat(counts(verdicts.path("byPreference")))
        .isEqualTo(counts(standing, LogChecks::preference));
    assertThat(counts(verdicts.path("byOutcome")))
        .isEqualTo(counts(standing, v -> v.path("outcome").asString()));
    assertThat(verdicts.path("lastHour").asLong())
        .isEqualTo(
            log.stream()
                .filter(verdict -> verdict.path("outcome").asString().equals("COUNTED"))
                .count());
    List<JsonNode> byHour = verdicts.path("byHour").valueStream().toList();
    assertThat(byHour).hasSize(24).last().isEqualTo(verdicts.path("lastHour"));
    assertThat(byHour.stream().mapToLong(JsonNode::asLong).sum())
        .isEqualTo(verdicts.path("lastDay").asLong());
  }

  private static Map<String, Long> counts(List<JsonNode> verdicts, Function<JsonNode, String> key) {
    Map<String, Long> counts = new TreeMap<>();
    verdicts.forEach(verdict -> counts.merge(key.apply(verdict), 1L, Long::sum));
    return counts;
  }

  private static Map<String, Long> counts(JsonNode object) {
    Map<String, Long> counts = new TreeMap<>();
    object.propertyStream().forEach(field -> counts.put(field.getKey(), field.getValue().asLong()));
    return counts;
  }

  static double target(JsonNode verdict, JsonNode selected) {
    boolean same = verdict.path("left").equals(selected.path("left"));
    return switch (preference(verdict)) {
      case "LEFT" -> same ? 1 : 0;
      case "RIGHT" -> same ? 0 : 1;
      default -> 0.5;
    };
  }

  /** By all pairs of values, as α is defined. */
  static void checkAgreement(JsonNode progress, List<JsonNode> log) {
    Map<Long, List<String>> units = new TreeMap<>();
    for (JsonNode verdict : standing(log)) {
      if (isCounted(verdict)) {
        String answer =
            switch (preference(verdict)) {
              case "LEFT" -> verdict.path("left").asString();
              case "RIGHT" -> verdict.path("right").asString();
              default -> preference(verdict);
            };
        units
            .computeIfAbsent(verdict.path("comparison").asLong(), c -> new ArrayList<>())
            .add(answer + ":" + isEarlier(verdict, answer));
      }
    }
    units.values().removeIf(answers -> answers.size() < 2);
    List<String> values =
        units.values().stream()
            .flatMap(List::stream)
            .map(answer -> answer.substring(answer.indexOf(':')))
            .toList();
    double observed = 0;
    double raw = 0;
    for (List<String> answers : units.values()) {
      int m = answers.size();
      double differing = differing(answers);
      observed += differing / (m - 1) / values.size();
      raw += (1 - differing / (m * (m - 1.0))) / units.size();
    }
    double expected = differing(values) / (values.size() * (values.size() - 1.0));
    JsonNode agreement = progress.path("agreement");
    assertThat(units).hasSizeGreaterThan(5);
    assertThat(agreement.path("comparisons").asInt()).isEqualTo(units.size());
    assertThat(agreement.path("verdicts").asInt()).isEqualTo(values.size());
    assertThat(agreement.path("alpha").path("value").asDouble())
        .isCloseTo(1 - observed / expected, within(1e-12));
    assertThat(agreement.path("raw").path("value").asDouble()).isCloseTo(raw, within(1e-12));
    assertThat(agreement.path("alpha").path("lower").asDouble())
        .isLessThan(agreement.path("alpha").path("upper").asDouble());
  }

  /** Of two rows the earlier uploaded, or the category. */
  private static String isEarlier(JsonNode verdict, String answer) {
    if (!answer.startsWith("r")) {
      return answer;
    }
    int left = RemoteProject.row(verdict.path("left"));
    int right = RemoteProject.row(verdict.path("right"));
    return Integer.parseInt(answer.substring(1)) == Math.min(left, right) ? "earlier" : "later";
  }

  private static double differing(List<String> values) {
    double differing = 0;
    for (int i = 0; i < values.size(); i++) {
      for (int j = 0; j < values.size(); j++) {
        differing += i != j && !values.get(i).equals(values.get(j)) ? 1 : 0;
      }
    }
    return differing;
  }

  static void checkAnnotators(JsonNode progress, List<JsonNode> log) {
    JsonNode annotators = progress.path("annotators");
    assertThat(annotators.path("total").asInt()).isEqualTo(4);
    List<JsonNode> standing = standing(log);
    long left = 0;
    for (JsonNode item : annotators.path("items")) {
      List<JsonNode> own =
          standing.stream()
              .filter(v -> v.path("annotator").equals(item.path("annotator")))
              .toList();
      List<JsonNode> counted = own.stream().filter(LogChecks::isCounted).toList();
      long skipped = own.stream().filter(v -> preference(v).equals("SKIP")).count();
      assertThat(item.path("verdicts").asInt()).isEqualTo(own.size());
      assertThat(item.path("counted").asInt()).isEqualTo(counted.size());
      assertThat(item.path("skipped").asLong()).isEqualTo(skipped);
      assertThat(item.path("skipShare").asDouble()).isEqualTo((double) skipped / own.size());
      long ownLeft =
          counted.stream().filter(v -> preference(v).equals("LEFT") && !isImported(v)).count();
      assertThat(item.path("positionBias").path("left").asLong()).isEqualTo(ownLeft);
      left += ownLeft;
      checkDuration(item.path("medianDurationMs"), own);
      checkOthers(item, counted, standing);
    }
    assertThat(progress.path("positionBias").path("left").asLong()).isEqualTo(left);
  }

  private static void checkDuration(JsonNode median, List<JsonNode> own) {
    double[] durations =
        own.stream()
            .filter(v -> !preference(v).equals("SKIP") && !v.path("durationMs").isNull())
            .mapToDouble(v -> v.path("durationMs").asDouble())
            .sorted()
            .toArray();
    int n = durations.length;
    if (n == 0) {
      assertThat(median.isNull()).isTrue();
    } else {
      assertThat(median.asDouble())
          .isCloseTo((durations[(n - 1) / 2] + durations[n / 2]) / 2, withinPercentage(2.3));
    }
  }

  private static void checkOthers(JsonNode item, List<JsonNode> counted, List<JsonNode> standing) {
    int pairs = 0;
    int alike = 0;
    for (JsonNode mine : counted) {
      for (JsonNode other : standing) {
        if (isCounted(other)
            && other.path("comparison").equals(mine.path("comparison"))
            && !other.path("annotator").equals(mine.path("annotator"))) {
          pairs++;
          alike += answer(mine, mine).equals(answer(other, mine)) ? 1 : 0;
        }
      }
    }
    assertThat(item.path("comparedWithOthers").asInt()).isEqualTo(pairs);
    if (pairs > 0) {
      assertThat(item.path("agreement").path("value").asDouble())
          .isCloseTo((double) alike / pairs, within(1e-12));
    }
  }

  /** The answer by the sides of another verdict on the same pair. */
  private static String answer(JsonNode verdict, JsonNode sides) {
    double y = target(verdict, sides);
    return y == 0.5 ? preference(verdict) : Double.toString(y);
  }
}
