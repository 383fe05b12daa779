package dev.tiebreak.contract.generated;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiebreak.OwnerSql;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Defects that a test can plant into the running service, to see that they are found. They hit
 * generated requests alone, which their ids tell; none is there unless a test plants it.
 */
public final class PlantedDefects extends OncePerRequestFilter {

  private final Environment environment;
  private volatile @Nullable Defect planted;

  PlantedDefects(Environment environment) {
    this.environment = environment;
  }

  /** What is wrong with the service, and the rule by which that must be seen. */
  enum Defect {
    FAILS(Rule.NO_SERVER_ERROR),
    BREWS(Rule.DOCUMENTED_STATUS),
    ADDS_A_FIELD(Rule.DOCUMENTED_BODY),
    REFUSES_IN_HTML(Rule.PROBLEM_DOCUMENT),
    INVENTS_A_PROBLEM(Rule.PROBLEM_DOCUMENT),
    TELLS_ITS_STACK(Rule.NO_INTERNALS),
    REPEATS_A_VALUE(Rule.NO_INTERNALS),
    HAS_NO_ID(Rule.REQUEST_ID),
    TAKES_ALL(Rule.WRONG_IS_REFUSED),
    READS_NOTHING(Rule.RIGHT_IS_READ),
    STOPS_HALFWAY(Rule.ANSWERED),
    WRITES_AND_REFUSES(Rule.NOTHING_CHANGED);

    private final Rule rule;

    Defect(Rule rule) {
      this.rule = rule;
    }

    Rule rule() {
      return rule;
    }
  }

  /** From now on the service has this defect; null: none. */
  void plant(@Nullable Defect defect) {
    planted = defect;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    @Nullable Defect defect = planted;
    @Nullable String id = request.getHeader("X-Request-Id");
    if (defect == null || id == null || !id.startsWith("generated-")) {
      chain.doFilter(request, response);
      return;
    }
    switch (defect) {
      case FAILS -> problem(response, 500, "internal-error", "An error");
      case BREWS -> problem(response, 418, "malformed-request", "Short and stout");
      case ADDS_A_FIELD -> write(response, 200, "application/json", "{\"unwritten\":true}");
      case REFUSES_IN_HTML -> write(response, 404, "text/html", "<h1>Not found</h1>");
      case INVENTS_A_PROBLEM -> problem(response, 400, "bad-day", "One of those days");
      case TELLS_ITS_STACK ->
          problem(response, 400, "malformed-body", "at dev.tiebreak.Some.thing");
      case REPEATS_A_VALUE -> problem(response, 400, "malformed-body", NastyTexts.MARKER + "?");
      case TAKES_ALL -> response.setStatus(204);
      case READS_NOTHING -> problem(response, 400, "malformed-body", "What?");
      case HAS_NO_ID -> {
        response.setHeader("X-Request-Id", null);
        chain.doFilter(request, response);
      }
      case STOPS_HALFWAY -> {
        response.setHeader("Connection", "close");
        response.setContentLength(1000);
        write(response, 200, "application/json", "{");
      }
      case WRITES_AND_REFUSES -> {
        OwnerSql.of(environment)
            .sql("update project set priority = priority - 1 where slug like 'g9-main-%'")
            .update();
        problem(response, 422, "invalid-input", "No");
      }
    }
  }

  private static void problem(HttpServletResponse response, int status, String type, String detail)
      throws IOException {
    write(
        response,
        status,
        "application/problem+json",
        "{\"type\":\"/problems/%s\",\"title\":\"A defect\",\"status\":%d,\"detail\":\"%s\"}"
            .formatted(type, status, detail));
  }

  private static void write(HttpServletResponse response, int status, String type, String body)
      throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.getOutputStream().write(body.getBytes(UTF_8));
  }
}
