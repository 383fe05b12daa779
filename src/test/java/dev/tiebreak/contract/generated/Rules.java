package dev.tiebreak.contract.generated;

import dev.tiebreak.Answer;
import dev.tiebreak.WrittenContract;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds one answer against all rules but that of what is stored. */
final class Rules {

  private static final Pattern INTERNALS =
      Pattern.compile(
          "Exception|Throwable|\\bat [a-z]+\\.|\\b(java|jakarta|org|com|tools|dev)\\.[a-z]+\\."
              + "|(?i)\\b(jackson|spring|hibernate|tomcat|catalina|hikari|postgres|jdbc|psql|sql"
              + "|select|insert into|constraint|violates|null pointer)\\b");
  private static final Pattern USABLE_ID = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");
  private static final Set<String> PROBLEM_FIELDS =
      Set.of("type", "title", "status", "detail", "instance", "errors");

  private final Draft draft;
  private final Answer answer;
  private final Map<Rule, String> broken = new EnumMap<>(Rule.class);

  private Rules(Draft draft, Answer answer) {
    this.draft = draft;
    this.answer = answer;
  }

  /** The rules that an answer breaks, each with what is wrong. */
  static Map<Rule, String> broken(Draft draft, Answer answer) {
    Rules rules = new Rules(draft, answer);
    rules.checkStatus();
    rules.checkContract();
    rules.checkRequestId();
    if (answer.status() >= 400 && answer.body().length > 0) {
      rules.checkProblem();
    } else if (answer.status() >= 400 && !draft.method.equals("HEAD")) {
      rules.broken.put(Rule.PROBLEM_DOCUMENT, "no body");
    }
    return rules.broken;
  }

  private void checkStatus() {
    int status = answer.status();
    if (status >= 500) {
      broken.put(Rule.NO_SERVER_ERROR, "status " + status);
    }
    boolean refused = status >= 400 && status < 500;
    if (draft.certainlyWrong && !refused) {
      broken.put(Rule.WRONG_IS_REFUSED, "status " + status);
    }
    if (draft.changes.isEmpty() && Set.of(400, 405, 406, 413, 415).contains(status)) {
      broken.put(Rule.RIGHT_IS_READ, "status " + status);
    }
  }

  private void checkContract() {
    if (draft.method.equals("OPTIONS") && answer.status() == 200) {
      require(Rule.DOCUMENTED_BODY, answer.body().length == 0, "OPTIONS with a body");
      return;
    }
    if (isPage()) {
      return;
    }
    WrittenContract.Judgement judgement =
        WrittenContract.judge(
            draft.method.equals("HEAD") ? "GET" : draft.method, draft.path, answer);
    if (!judgement.isWritten()) {
      boolean refused = answer.status() == 404 || answer.status() == 405;
      require(
          Rule.DOCUMENTED_STATUS,
          refused || draft.mangled && answer.status() < 500,
          answer.status() + " of an operation that is not written");
    } else if (!isOfAnyOperation()) {
      require(Rule.DOCUMENTED_STATUS, judgement.isStatusWritten(), "status " + answer.status());
      List<String> wrong = draft.method.equals("HEAD") ? List.of() : judgement.wrong();
      if (judgement.isStatusWritten()) {
        require(Rule.DOCUMENTED_BODY, wrong.isEmpty(), String.join("; ", wrong));
      }
    }
  }

  /** Who asks for a page gets one; pages are no part of the contract. */
  private boolean isPage() {
    String type = answer.header("Content-Type");
    return type != null
        && type.startsWith("text/html")
        && draft.headers.stream().anyMatch(it -> it.startsWith("Accept: ") && it.contains("text/"));
  }

  /** What the contract says once for all operations; the form is checked all the same. */
  private boolean isOfAnyOperation() {
    return answer.status() == 400 && draft.mangled
        || answer.status() == 404 && draft.mangled
        || answer.status() == 405;
  }

  private void checkRequestId() {
    String id = answer.header("X-Request-Id");
    if (id == null || !USABLE_ID.matcher(id).matches()) {
      broken.put(Rule.REQUEST_ID, "X-Request-Id: " + id);
      return;
    }
    List<String> given =
        draft.headers.stream().filter(line -> line.startsWith("X-Request-Id: ")).toList();
    String sent = given.size() == 1 ? given.getFirst().substring("X-Request-Id: ".length()) : "";
    boolean usable = !draft.mangled && USABLE_ID.matcher(sent).matches();
    require(Rule.REQUEST_ID, !usable || sent.equals(id), "another X-Request-Id: " + id);
  }

  private void checkProblem() {
    if (isPage()) {
      require(
          Rule.NO_INTERNALS, !INTERNALS.matcher(answer.text()).find(), "it tells of the inside");
      return;
    }
    String type = answer.header("Content-Type");
    if (type == null || !type.startsWith("application/problem+json")) {
      boolean probe = draft.path.equals("/readyz") && answer.status() == 503;
      require(Rule.PROBLEM_DOCUMENT, probe, "Content-Type " + type);
      return;
    }
    JsonNode problem = parsed();
    if (problem == null || !PROBLEM_FIELDS.containsAll(problem.propertyNames())) {
      broken.put(Rule.PROBLEM_DOCUMENT, "not the fields of a problem");
      return;
    }
    require(
        Rule.PROBLEM_DOCUMENT,
        problem.path("status").asInt(0) == answer.status(),
        "its status is " + problem.path("status"));
    require(
        Rule.PROBLEM_DOCUMENT,
        WrittenContract.text()
            .contains("            - " + problem.path("type").asString("") + "\n"),
        "its type is " + problem.path("type"));
    checkInternals((ObjectNode) problem);
  }

  /** The path is the sender's own, and no secret: a project may be called by its name. */
  private void checkInternals(ObjectNode problem) {
    problem.remove("instance");
    String told = problem.toString();
    require(Rule.NO_INTERNALS, !INTERNALS.matcher(told).find(), "it tells of the inside");
    boolean named = draft.changes.stream().anyMatch(change -> change.startsWith("path"));
    require(Rule.NO_INTERNALS, named || !told.contains(NastyTexts.MARKER), "it repeats a value");
  }

  private @Nullable JsonNode parsed() {
    try {
      JsonNode parsed = answer.json();
      return parsed.isObject() ? parsed : null;
    } catch (JacksonException notJson) {
      return null;
    }
  }

  private void require(Rule rule, boolean holds, String otherwise) {
    if (!holds) {
      broken.putIfAbsent(rule, otherwise);
    }
  }
}
