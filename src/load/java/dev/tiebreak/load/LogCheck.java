package dev.tiebreak.load;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The log against what was acknowledged.
 *
 * @param logged verdicts in the log
 * @param lost acknowledged, but not in the log, or with another preference
 * @param unexpected in the log, but not acknowledged
 * @param uncertain sent without an answer: as many may be unexpected
 * @param twice numbers that were acknowledged for two verdicts
 * @param overAsked comparisons with more counted verdicts than wanted, or two of one annotator
 */
record LogCheck(
    long acknowledged,
    long logged,
    long lost,
    long unexpected,
    long uncertain,
    long twice,
    long overAsked) {

  static LogCheck of(Workplace workplace, Acknowledged acknowledged) throws IOException {
    Reading reading = new Reading(acknowledged);
    for (String project : workplace.projects()) {
      String path = "/projects/" + project + "/verdicts?limit=1000";
      JsonNode page = workplace.get(path);
      reading.page(page);
      while (!page.get("nextCursor").isNull()) {
        page = workplace.get(path + "&cursor=" + page.get("nextCursor").asString());
        reading.page(page);
      }
    }
    return new LogCheck(
        acknowledged.count(),
        reading.logged,
        acknowledged.count() - reading.found,
        reading.logged - reading.found,
        acknowledged.uncertain(),
        acknowledged.twice(),
        reading.overAsked);
  }

  boolean isClean() {
    return lost == 0 && twice == 0 && overAsked == 0 && unexpected <= uncertain;
  }

  private static final class Reading {

    private final Acknowledged acknowledged;
    private final Map<Long, Integer> counted = new HashMap<>();
    private final Set<String> judged = new HashSet<>();
    private long logged;
    private long found;
    private long overAsked;

    Reading(Acknowledged acknowledged) {
      this.acknowledged = acknowledged;
    }

    void page(JsonNode page) {
      for (JsonNode verdict : page.get("items")) {
        logged++;
        String preference = acknowledged.preference(verdict.get("verdict").asLong());
        if (preference.equals(verdict.get("preference").asString())) {
          found++;
        }
        if (verdict.get("counted").asBoolean()) {
          count(verdict.get("comparison").asLong(), verdict.get("annotator").asString());
        }
      }
    }

    private void count(long comparison, String annotator) {
      boolean again = !judged.add(comparison + " " + annotator);
      if (counted.merge(comparison, 1, Integer::sum) > Workplace.OVERLAP || again) {
        overAsked++;
      }
    }
  }
}
