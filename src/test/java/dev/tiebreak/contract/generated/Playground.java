package dev.tiebreak.contract.generated;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Projects in which everything has happened once, so that requests have something to name: leases
 * that live, are answered, given back, and fitted; rounds; replays; cursors; and the same of
 * another project, and of one that was removed.
 */
final class Playground {

  /** No round begins by itself: what changes was asked for. */
  private static final Map<String, Object> SETTINGS =
      Map.of(
          "dimension", Handles.DIMENSION,
          "pairing", "ANY",
          "lowWater", 0,
          "refitAfter", 1_000_000_000,
          "overlap", 2,
          "batchSize", 40,
          "maxLeasesPerAnnotator", 1000,
          "leaseSeconds", 86_400,
          "priority", Integer.MAX_VALUE);

  private static final int RESPONSES = 12;
  private static final Map<String, Object> SHORT_REPLAY =
      Map.of("seeds", 1, "labels", 4, "strategies", List.of("RANDOM"));

  private final Http http;
  private final String prefix;
  private int generation;
  private Handles handles = new Handles();

  /** Projects whose names begin so. */
  Playground(Http http, String prefix) {
    this.http = http;
    this.prefix = prefix;
  }

  Handles handles() {
    return handles;
  }

  /** Removes what is there and sets all up again. */
  void renew() {
    handles = new Handles();
    remove();
    generation++;
    // a run may have been broken off
    remove();
    String main = name("main");
    String other = name("other");
    String gone = name("gone");
    List.of(gone, other, main).forEach(this::furnish);
    http.delete("/projects/" + gone + "?confirm=" + gone).expect(204);
    putSpare();
    IntStream.range(0, 5).forEach(i -> handles.add("project", main));
    handles.addBad("project", gone).addBad("project", other).addBad("project", prefix + "nowhere");
    handles.addBad("project", name("spare")).add("spare", name("spare"));
    addNames(other);
  }

  /** Removes the projects. */
  void remove() {
    List.of("main", "other", "gone", "spare").forEach(this::removeIfThere);
  }

  private void removeIfThere(String which) {
    String name = name(which);
    if (http.get("/projects/" + name).status() == 200) {
      http.delete("/projects/" + name + "?confirm=" + name).expect(204);
    }
  }

  /** Sees to it that what was accepted starts nothing by itself, and that all is still there. */
  void restore() {
    for (String which : List.of("main", "other")) {
      if (http.get("/projects/" + name(which)).status() == 404
          || http.put("/projects/" + name(which), SETTINGS).status() != 200) {
        renew();
        return;
      }
    }
    putSpare();
  }

  private void putSpare() {
    Map<String, ?> settings = Map.of("dimension", 2, "lowWater", 0, "priority", Integer.MIN_VALUE);
    Answer answer = http.put("/projects/" + name("spare"), settings);
    if (answer.status() > 201) {
      removeIfThere("spare");
      http.put("/projects/" + name("spare"), settings).expect(201);
    }
  }

  private String name(String which) {
    return prefix + which + "-" + generation;
  }

  private void furnish(String project) {
    String path = "/projects/" + project;
    http.put(path, SETTINGS).expect(201);
    http.postJson(path + "/embeddings", Map.of("responses", rows())).expect(200);
    http.post(path + "/refits?wait=60").expect(200);
    boolean main = project.equals(name("main"));
    List<String> leases = leases(project, "ann-1", 8);
    for (int i = 0; i < 5; i++) {
      String preference = List.of("LEFT", "RIGHT", "TIE", "BOTH_BAD", "SKIP").get(i);
      http.postJson("/verdicts", Map.of("lease", leases.get(i), "preference", preference))
          .expect(200);
    }
    http.delete("/leases/" + leases.get(5)).expect(204);
    http.postJson(path + "/verdicts", Map.of("verdicts", List.of(judgement()))).expect(200);
    http.post(path + "/refits?wait=60").expect(200);
    replay(path);
    leases.subList(0, 6).forEach(lease -> handles.addBad("lease", lease));
    List<String> live = new ArrayList<>(leases.subList(6, 8));
    live.addAll(leases(project, "ann-2", 10));
    for (String lease : live) {
      if (main) {
        handles.add("lease", lease);
      } else {
        handles.addBad("lease", lease);
      }
    }
    addCursors(path, main);
  }

  private static List<Map<String, Object>> rows() {
    return IntStream.range(0, RESPONSES)
        .mapToObj(i ->
            Map.<String, Object>of(
                "promptId", "p" + i / 3,
                "responseId", "r" + i,
                "prompt", "Prompt " + i / 3,
                "response", "Response " + i,
                "metadata", Map.of("goldReward", i % 5, "x", i, "y", -i),
                "embedding", List.of(Math.sin(i), Math.cos(i), 0.1 * i)))
        .toList();
  }

  private static Map<String, Object> judgement() {
    return Map.of("left", "r0", "right", "r1", "preference", "LEFT", "annotator", "elsewhere");
  }

  private List<String> leases(String project, String annotator, int size) {
    return http.get(
            "/next-batch?project=%s&annotator=%s&size=%d".formatted(project, annotator, size))
        .expect(200)
        .json()
        .path("items")
        .valueStream()
        .map(item -> item.path("lease").asString())
        .toList();
  }

  private void replay(String path) {
    String replay =
        Objects.requireNonNull(
            http.postJson(path + "/replays", SHORT_REPLAY).expect(202).header("Location"));
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> http.get(replay).json().path("state").asString().equals("DONE"));
  }

  /** Cursors of each list; those of another project's are as good as forged. */
  private void addCursors(String path, boolean good) {
    for (String list : List.of("/responses", "/verdicts", "/batches", "/rewards")) {
      JsonNode next = http.get(path + list + "?limit=1").expect(200).json().path("nextCursor");
      @Nullable String cursor = next.isString() ? next.stringValue() : null;
      if (cursor != null && good) {
        handles.add("cursor", cursor);
      } else if (cursor != null) {
        handles.addBad("cursor", cursor);
      }
    }
  }

  private void addNames(String other) {
    for (int i = 0; i < RESPONSES; i++) {
      handles.add("responseId", "r" + i).add("promptId", "p" + i / 3);
    }
    handles.add("responseId", "new-1").add("responseId", "n/é 😀").addBad("responseId", "R1");
    handles.add("number", "1").add("number", "2").addBad("number", "99").addBad("number", "3");
    handles.add("annotator", "ann-1").add("annotator", "ann-2").add("annotator", "Анна 😀");
    handles.addBad("annotator", "elsewhere");
    handles.addBad("lease", other + ".1.AAAAAAAAAAAAAAAAAAAAAA").addBad("lease", "none");
    handles.addBad("cursor", "AAAAAAAAAAE").addBad("cursor", "_".repeat(11));
    handles.addBad("cursor", "AAAA").addBad("cursor", "A".repeat(500));
    handles.add("planeFields", "x").add("planeFields", "y").add("goldField", "goldReward");
  }
}
