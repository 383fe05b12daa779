package dev.tiebreak.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.AuthenticatedTest;
import dev.tiebreak.Http;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A browser's way in and out. */
@AuthenticatedTest
class LogInIT {

  private final KeyIssue issue;
  private final KeyCheck check;
  private final JdbcClient jdbc;
  private final Browser browser;
  private KeyIssue.Issued key;

  LogInIT(Http http, KeyIssue issue, KeyCheck check, JdbcClient jdbc) {
    this.browser = new Browser(http.service());
    this.issue = issue;
    this.check = check;
    this.jdbc = jdbc;
    this.key = new Credentials(issue).issue("log-in", null, Role.ADMIN);
  }

  @BeforeEach
  void startAnew() {
    browser.forgetCookies();
    key = new Credentials(issue).issue("log-in", null, Role.ADMIN);
  }

  @Test
  void aPageLeadsToTheLogInAndBack() throws IOException, InterruptedException {
    HttpResponse<String> asked = browser.open("/annotate/hh?a=b");
    assertThat(asked.statusCode()).isEqualTo(302);
    assertThat(browser.location(asked)).isEqualTo("/login?from=%2Fannotate%2Fhh%3Fa%3Db");
    assertThat(browser.send("GET", "/projects", "").statusCode()).isEqualTo(401);
    HttpResponse<String> in = browser.logIn(key.token().text(), "/annotate/hh?a=b");
    assertThat(in.statusCode()).isEqualTo(302);
    assertThat(browser.location(in)).isEqualTo("/annotate/hh?a=b");
    assertThat(browser.send("GET", "/projects", "").statusCode()).isEqualTo(200);
    assertThat(browser.location(browser.logIn(key.token().text(), "//evil.example")))
        .isEqualTo("/");
  }

  @Test
  void aWrongKeyMakesNoSession() throws IOException, InterruptedException {
    HttpResponse<String> refused = browser.logIn(KeyToken.random().text(), "/");
    assertThat(browser.location(refused)).isEqualTo("/login?error=key&from=%2F");
    assertThat(browser.open(browser.location(refused)).body())
        .contains("This key is unknown, expired or revoked");
    assertThat(browser.send("GET", "/projects", "").statusCode()).isEqualTo(401);
  }

  @Test
  void theSessionsCookieIsOutOfScriptsReach() throws IOException, InterruptedException {
    HttpResponse<String> in = browser.logIn(key.token().text(), "/");
    String cookie =
        in.headers().allValues("Set-Cookie").stream()
            .filter(header -> header.startsWith("TIEBREAK_SESSION="))
            .findFirst()
            .orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Lax").doesNotContain(key.token().text());
  }

  @Test
  void whatChangesSomethingNeedsThePagesToken() throws IOException, InterruptedException {
    browser.logIn(key.token().text(), "/");
    String body = "{\"name\":\"forged\",\"roles\":[\"ADMIN\"]}";
    String[] json = {"Content-Type", "application/json"};
    HttpResponse<String> forged = browser.send("POST", "/keys", body, json);
    assertThat(forged.statusCode()).isEqualTo(403);
    assertThat(forged.body()).contains("/problems/forbidden");
    HttpResponse<String> wrong =
        browser.send("POST", "/keys", body, json[0], json[1], "X-XSRF-TOKEN", "guessed");
    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(browser.send("DELETE", "/keys/" + key.key().key(), "").statusCode()).isEqualTo(403);
    assertThat(names()).doesNotContain("forged");
    HttpResponse<String> own = browser.postJson("/keys", body.replace("forged", "own"));
    assertThat(own.statusCode()).as(own.body()).isEqualTo(201);
  }

  private Set<String> names() {
    return Set.copyOf(jdbc.sql("select distinct name from api_key").query(String.class).list());
  }

  @Test
  void aLogInNeedsTheTokenToo() throws IOException, InterruptedException {
    HttpResponse<String> forged = browser.post("/login", "key=" + key.token().text());
    assertThat(forged.statusCode()).isEqualTo(403);
  }

  @Test
  void aRevokedKeyEndsItsSessions() throws IOException, InterruptedException {
    browser.logIn(key.token().text(), "/");
    assertThat(browser.send("GET", "/projects", "").statusCode()).isEqualTo(200);
    issue.revoke(key.key().key(), null);
    check.forget(key.key().key());
    assertThat(browser.send("GET", "/projects", "").statusCode()).isEqualTo(401);
  }

  @Test
  void aLogOutEndsTheSession() throws IOException, InterruptedException {
    browser.logIn(key.token().text(), "/");
    String session = browser.cookie("TIEBREAK_SESSION").orElseThrow();
    assertThat(browser.send("POST", "/logout", "").statusCode()).isEqualTo(403);
    assertThat(browser.location(browser.logOut())).isEqualTo("/login?logout");
    assertThat(browser.send("GET", "/projects", "").statusCode()).isEqualTo(401);
    assertThat(browser.statusWithSession(session)).isEqualTo(401);
  }

  @Test
  void programsMeetNeitherSessionNorToken() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        browser.send("GET", "/projects", "", "Authorization", "Bearer " + key.token().text());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map()).doesNotContainKey("Set-Cookie");
    assertThat(browser.send("GET", "/projects", "").headers().map())
        .doesNotContainKey("Set-Cookie");
  }
}
