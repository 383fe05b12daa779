package dev.tiebreak.simulation;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for, checked. See {@link Option} for the meaning of each.
 *
 * @param key the API key; null: none
 * @param prefix the project's name, or a prefix of the names of several
 * @param annotators null: depends on the data
 * @param overlap null: depends on the data
 * @param settings further settings of the project, by their name in the contract
 */
record Options(
    URI url,
    @Nullable String key,
    @Nullable Path data,
    @Nullable String prefix,
    List<String> strategies,
    String pairing,
    int labels,
    int every,
    int batchSize,
    int refitAfter,
    int lowWater,
    @Nullable Integer annotators,
    @Nullable Integer overlap,
    @Nullable String prior,
    Map<String, Object> settings,
    List<Long> seeds,
    double holdout,
    double skipShare,
    double tieShare,
    Duration think,
    Existing existing,
    boolean delete,
    @Nullable Path csv,
    Duration timeout,
    @Nullable Path acknowledged,
    @Nullable Path check,
    boolean help) {

  /** What to do about a project that exists already. */
  enum Existing {
    /** Stop and say so. */
    REFUSE,
    /** Delete it first. */
    REPLACE,
    /** Go on where it stands. */
    RESUME
  }

  private static final int LONGEST_NAME = 63;

  /** Reads the command line. Throws UsageException for one that can't be meant. */
  static Options parse(String... arguments) {
    return new OptionParser(arguments).parse();
  }

  /** The project of one run: a slug. */
  String project(String dataName, String strategy, long seed) {
    if (prefix != null && strategies.size() == 1 && seeds.size() == 1) {
      return prefix;
    }
    String tail = slug(strategy) + "-" + seed;
    String head = prefix != null ? prefix : slug("sim-" + dataName);
    int room = LONGEST_NAME - tail.length() - 1;
    return head.substring(0, Math.min(head.length(), room)) + "-" + tail;
  }

  private static String slug(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
  }

  /** The body of PUT /projects/{project}. */
  Map<String, Object> projectSettings(int dimension, String strategy, long seed, int wanted) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("dimension", dimension);
    body.put("pairing", pairing);
    body.put("strategy", strategy);
    body.put("batchSize", batchSize);
    body.put("refitAfter", refitAfter);
    body.put("lowWater", lowWater);
    body.put("overlap", wanted);
    body.put("seed", seed);
    if (prior != null) {
      body.put("prior", prior);
    }
    body.putAll(settings);
    return body;
  }
}
