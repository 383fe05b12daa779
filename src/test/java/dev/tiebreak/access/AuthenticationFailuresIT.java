package dev.tiebreak.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.AuthenticatedTest;
import dev.tiebreak.Http;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Who failed to show who they are is on record, and a flood of them is a few rows. */
@AuthenticatedTest
class AuthenticationFailuresIT {

  private final Http http;
  private final AuthenticationFailures failures;
  private final JdbcClient jdbc;
  private final String[] admin;
  private long before;

  AuthenticationFailuresIT(
      Http http, AuthenticationFailures failures, JdbcClient jdbc, KeyIssue issue) {
    this.http = http;
    this.failures = failures;
    this.jdbc = jdbc;
    this.admin = new Credentials(issue).bearer("failures-admin", null, Role.ADMIN);
  }

  @BeforeEach
  void startAnew() {
    failures.record();
    before = jdbc.sql("select coalesce(max(number), 0) from audit").query(Long.class).single();
  }

  private long rows() {
    return jdbc.sql("select count(*) from audit where number > ? and action = ?")
        .param(before)
        .param(AuthenticationFailures.ACTION)
        .query(Long.class)
        .single();
  }

  private List<JsonNode> recorded(String way) {
    failures.record();
    return http.get("/audit?limit=" + Math.max(1, rows()), admin)
        .expect(200)
        .json()
        .path("items")
        .valueStream()
        .filter(entry -> entry.path("action").asString().equals(AuthenticationFailures.ACTION))
        .map(entry -> entry.path("detail"))
        .filter(detail -> detail.path("way").asString().equals(way))
        .toList();
  }

  private static long attempts(List<JsonNode> details) {
    return details.stream().mapToLong(detail -> detail.path("attempts").asLong()).sum();
  }

  @Test
  void refusedKeysAreCountedByTheirAddress() {
    double counted = counted("bearer");
    for (int i = 0; i < 30; i++) {
      http.get("/projects", Credentials.bearer(KeyToken.random().text())).expect(401);
    }
    http.get("/projects", Credentials.bearer("no.token.atall")).expect(401);
    http.get("/projects").expect(401);
    List<JsonNode> details = recorded("BEARER");
    assertThat(attempts(details)).isEqualTo(31);
    assertThat(details)
        .hasSizeBetween(1, 2)
        .allMatch(detail -> detail.path("address").asString().equals("127.0.0.1"));
    assertThat(counted("bearer") - counted).isEqualTo(31);
  }

  private double counted(String way) {
    String name = "tiebreak_access_failures_total{way=\"" + way + "\"} ";
    return http.get("/metrics", admin)
        .expect(200)
        .text()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .sum();
  }

  @Test
  void wrongKeysOnThePageAreCountedToo() throws IOException, InterruptedException {
    Browser browser = new Browser(http.service());
    browser.logIn(KeyToken.random().text(), "/");
    browser.logIn("", "/");
    assertThat(attempts(recorded("LOG_IN"))).isEqualTo(2);
  }

  @Test
  void whoIsLetInIsNoFailure() {
    http.get("/projects", admin).expect(200);
    assertThat(recorded("BEARER")).isEmpty();
  }

  @Test
  void aFloodFromEverywhereIsFewRows() {
    for (int i = 0; i < 50_000; i++) {
      failures.add(AuthenticationFailures.Way.BEARER, "10.0." + i / 250 + "." + i % 250);
    }
    List<JsonNode> details = recorded("BEARER");
    assertThat(attempts(details)).isEqualTo(50_000);
    assertThat(rows()).isLessThanOrEqualTo(2 * (AuthenticationFailures.MOST_SOURCES + 2));
    assertThat(details).anyMatch(detail -> detail.path("address").asString().equals("others"));
  }
}
