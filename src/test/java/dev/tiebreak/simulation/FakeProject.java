package dev.tiebreak.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A project as the contract describes it, in memory; not for several threads. */
final class FakeProject {

  record Stored(String promptId, float[] embedding, @Nullable String prompt) {}

  private static final class Comparison {
    final int number;
    final String left;
    final String right;
    final Set<String> known = new HashSet<>();
    int leased;
    int answered;
    boolean retired;

    Comparison(int number, String left, String right) {
      this.number = number;
      this.left = left;
      this.right = right;
    }
  }

  private static final class Lease {
    final String token;
    final Comparison comparison;
    final String annotator;
    final boolean swapped;
    boolean live = true;
    @Nullable Map<String, Object> logged;

    Lease(String token, Comparison comparison, String annotator, boolean swapped) {
      this.token = token;
      this.comparison = comparison;
      this.annotator = annotator;
      this.swapped = swapped;
    }
  }

  final Map<String, Object> settings;
  final Map<String, Stored> responses = new LinkedHashMap<>();
  final List<Map<String, Object>> log = new ArrayList<>();
  final List<String> rounds = new ArrayList<>();
  private final String name;
  private final Random random = new Random(7);
  private final Map<String, Comparison> comparisons = new LinkedHashMap<>();
  private final Map<String, Lease> leases = new LinkedHashMap<>();
  private double[] weights = new double[0];

  FakeProject(String name, Map<String, Object> settings) {
    this.name = name;
    this.settings = settings;
  }

  int number(String setting) {
    return ((Number) settings.getOrDefault(setting, 1)).intValue();
  }

  long counted() {
    return log.stream().filter(entry -> Boolean.TRUE.equals(entry.get("counted"))).count();
  }

  double[] weights() {
    return weights;
  }

  long live() {
    return leases.values().stream().filter(lease -> lease.live).count();
  }

  /** A fit by the mean of the signed differences, and a random batch. */
  int round() {
    fit();
    comparisons.values().forEach(c -> c.retired |= c.leased == 0 && c.answered == 0);
    List<String[]> candidates = candidates();
    Collections.shuffle(candidates, random);
    for (String[] pair : candidates.subList(0, Math.min(number("batchSize"), candidates.size()))) {
      comparisons.computeIfAbsent(
                  pair[0] + " " + pair[1],
                  absent -> new Comparison(comparisons.size() + 1, pair[0], pair[1]))
              .retired =
          false;
    }
    rounds.add("DONE");
    return rounds.size();
  }

  private void fit() {
    weights = new double[number("dimension")];
    for (Map<String, Object> entry : log) {
      double y = Preference.valueOf(text(entry, "preference")).target() - 0.5;
      float[] left = stored(text(entry, "left")).embedding();
      float[] right = stored(text(entry, "right")).embedding();
      for (int i = 0; i < weights.length; i++) {
        weights[i] += y * (left[i] - right[i]) / log.size();
      }
    }
  }

  private Stored stored(String responseId) {
    return Objects.requireNonNull(responses.get(responseId));
  }

  static String text(Map<String, Object> object, String field) {
    return Objects.requireNonNull(object.get(field), field).toString();
  }

  private List<String[]> candidates() {
    List<String> ids = new ArrayList<>(responses.keySet());
    List<String[]> pairs = new ArrayList<>();
    for (int a = 0; a < ids.size(); a++) {
      for (int b = a + 1; b < ids.size(); b++) {
        boolean same = stored(ids.get(a)).promptId().equals(stored(ids.get(b)).promptId());
        Comparison known = same ? comparisons.get(ids.get(a) + " " + ids.get(b)) : null;
        if (same && (known == null || known.retired)) {
          pairs.add(new String[] {ids.get(a), ids.get(b)});
        }
      }
    }
    return pairs;
  }

  Map<String, Object> nextBatch(String annotator, int size) {
    List<Map<String, Object>> items = new ArrayList<>();
    for (Lease lease : leases.values()) {
      if (lease.live && lease.annotator.equals(annotator) && items.size() < size) {
        items.add(item(lease));
      }
    }
    for (Comparison comparison : comparisons.values()) {
      int owed = number("overlap") - comparison.answered - comparison.leased;
      if (items.size() < size
          && !comparison.retired
          && owed > 0
          && comparison.known.add(annotator)) {
        String token = name + "." + comparison.number + "." + leases.size();
        Lease lease = new Lease(token, comparison, annotator, random.nextBoolean());
        leases.put(token, lease);
        comparison.leased++;
        items.add(item(lease));
      }
    }
    Map<String, Object> batch = new LinkedHashMap<>();
    batch.put("project", name);
    batch.put("items", items);
    batch.put("reason", items.size() == size ? null : reason());
    return batch;
  }

  private String reason() {
    if (rounds.isEmpty()) {
      return "NOTHING_SELECTED";
    }
    return live() > 0 ? "ALL_LEASED" : "ALL_ANSWERED";
  }

  private Map<String, Object> item(Lease lease) {
    return Map.of(
        "lease",
        lease.token,
        "comparison",
        lease.comparison.number,
        "kind",
        "IN_PROMPT",
        "left",
        side(lease.swapped ? lease.comparison.right : lease.comparison.left),
        "right",
        side(lease.swapped ? lease.comparison.left : lease.comparison.right),
        "expiresAt",
        "2030-01-01T00:00:00Z");
  }

  private static Map<String, Object> side(String id) {
    return Map.of("responseId", id, "metadata", Map.of());
  }

  boolean giveBack(String token) {
    Lease lease = leases.get(token);
    if (lease == null || !lease.live) {
      return false;
    }
    end(lease);
    lease.comparison.known.remove(lease.annotator);
    return true;
  }

  private static void end(Lease lease) {
    lease.live = false;
    lease.comparison.leased--;
  }

  Map<String, Object> judge(Map<String, Object> verdict) {
    String token = text(verdict, "lease");
    String preference = text(verdict, "preference");
    Lease lease = leases.get(token);
    if (lease == null) {
      return result(token, null, "REFUSED", false);
    }
    if (lease.logged != null) {
      boolean same = preference.equals(lease.logged.get("preference"));
      return result(
          token,
          same ? lease.logged.get("verdict") : null,
          same ? "DUPLICATE" : "REFUSED",
          same && Boolean.TRUE.equals(lease.logged.get("counted")));
    }
    boolean skipped = preference.equals("SKIP");
    end(lease);
    lease.comparison.answered += skipped ? 0 : 1;
    Map<String, Object> entry = entry(lease, preference, skipped ? "SKIPPED" : "COUNTED");
    lease.logged = entry;
    log.add(entry);
    return result(token, entry.get("verdict"), text(entry, "outcome"), !skipped);
  }

  private Map<String, Object> entry(Lease lease, String preference, String outcome) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("verdict", log.size() + 1);
    entry.put("comparison", lease.comparison.number);
    entry.put("left", lease.swapped ? lease.comparison.right : lease.comparison.left);
    entry.put("right", lease.swapped ? lease.comparison.left : lease.comparison.right);
    entry.put("preference", preference);
    entry.put("annotator", lease.annotator);
    entry.put("outcome", outcome);
    entry.put("counted", outcome.equals("COUNTED"));
    return entry;
  }

  private static Map<String, Object> result(
      String lease, @Nullable Object verdict, String outcome, boolean counted) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("lease", lease);
    result.put("verdict", verdict);
    result.put("outcome", outcome);
    result.put("counted", counted);
    return result;
  }
}
