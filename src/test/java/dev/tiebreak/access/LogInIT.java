package dev.tiebreak.access;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.AuthenticatedTest;
import dev.tiebreak.Http;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A browser's way in and out. */
@AuthenticatedTest
class LogInIT {

  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final String[] PAGE = {"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"};

  private final Http http;
  private final KeyIssue issue;
  private final KeyCheck check;
  private final JdbcClient jdbc;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient browser = HttpClient.newBuilder().cookieHandler(cookies).build();
  private KeyIssue.Issued key;

  LogInIT(Http http, KeyIssue issue, KeyCheck check, JdbcClient jdbc) {
    this.http = http;
    this.issue = issue;
    this.check = check;
    this.jdbc = jdbc;
    this.key = new Credentials(issue).issue("log-in", null, Role.ADMIN);
  }

  @BeforeEach
  void startAnew() {
    cookies.getCookieStore().removeAll();
    key = new Credentials(issue).issue("log-in", null, Role.ADMIN);
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(http.service() + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return browser.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String form)
      throws IOException, InterruptedException {
    return send("POST", path, form, "Content-Type", "application/x-www-form-urlencoded");
  }

  private HttpResponse<String> logIn(String secret, String from)
      throws IOException, InterruptedException {
    String page = send("GET", "/login?from=" + encode(from, UTF_8), "", PAGE).body();
    Matcher token = TOKEN.matcher(page);
    assertThat(token.find()).isTrue();
    return post(
        "/login",
        "key=%s&_csrf=%s&from=%s"
            .formatted(encode(secret, UTF_8), encode(token.group(1), UTF_8), encode(from, UTF_8)));
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("").replaceFirst("^http://[^/]*", "");
  }

  private HttpCookie cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aPageLeadsToTheLogInAndBack() throws IOException, InterruptedException {
    HttpResponse<String> asked = send("GET", "/annotate/hh?a=b", "", PAGE);
    assertThat(asked.statusCode()).isEqualTo(302);
    assertThat(location(asked)).isEqualTo("/login?from=%2Fannotate%2Fhh%3Fa%3Db");
    assertThat(send("GET", "/projects", "").statusCode()).isEqualTo(401);
    HttpResponse<String> in = logIn(key.token().text(), "/annotate/hh?a=b");
    assertThat(in.statusCode()).isEqualTo(302);
    assertThat(location(in)).isEqualTo("/annotate/hh?a=b");
    assertThat(send("GET", "/projects", "").statusCode()).isEqualTo(200);
    assertThat(location(logIn(key.token().text(), "//evil.example"))).isEqualTo("/");
  }

  @Test
  void aWrongKeyMakesNoSession() throws IOException, InterruptedException {
    HttpResponse<String> refused = logIn(KeyToken.random().text(), "/");
    assertThat(location(refused)).startsWith("/login?error");
    assertThat(send("GET", "/projects", "").statusCode()).isEqualTo(401);
  }

  @Test
  void theSessionsCookieIsOutOfScriptsReach() throws IOException, InterruptedException {
    HttpResponse<String> in = logIn(key.token().text(), "/");
    String cookie =
        in.headers().allValues("Set-Cookie").stream()
            .filter(header -> header.startsWith("TIEBREAK_SESSION="))
            .findFirst()
            .orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Lax").doesNotContain(key.token().text());
  }

  @Test
  void whatChangesSomethingNeedsThePagesToken() throws IOException, InterruptedException {
    logIn(key.token().text(), "/");
    String body = "{\"name\":\"forged\",\"roles\":[\"ADMIN\"]}";
    String[] json = {"Content-Type", "application/json"};
    HttpResponse<String> forged = send("POST", "/keys", body, json);
    assertThat(forged.statusCode()).isEqualTo(403);
    assertThat(forged.body()).contains("/problems/forbidden");
    HttpResponse<String> wrong =
        send("POST", "/keys", body, json[0], json[1], "X-XSRF-TOKEN", "guessed");
    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(send("DELETE", "/keys/" + key.key().key(), "").statusCode()).isEqualTo(403);
    assertThat(names()).doesNotContain("forged");
    send("GET", "/", "", PAGE);
    HttpResponse<String> own =
        send(
            "POST",
            "/keys",
            body.replace("forged", "own"),
            json[0],
            json[1],
            "X-XSRF-TOKEN",
            cookie("XSRF-TOKEN").getValue());
    assertThat(own.statusCode()).as(own.body()).isEqualTo(201);
  }

  private Set<String> names() {
    return Set.copyOf(jdbc.sql("select distinct name from api_key").query(String.class).list());
  }

  @Test
  void aLogInNeedsTheTokenToo() throws IOException, InterruptedException {
    HttpResponse<String> forged = post("/login", "key=" + key.token().text());
    assertThat(forged.statusCode()).isEqualTo(403);
  }

  @Test
  void aRevokedKeyEndsItsSessions() throws IOException, InterruptedException {
    logIn(key.token().text(), "/");
    assertThat(send("GET", "/projects", "").statusCode()).isEqualTo(200);
    issue.revoke(key.key().key(), null);
    check.forget(key.key().key());
    assertThat(send("GET", "/projects", "").statusCode()).isEqualTo(401);
  }

  @Test
  void aLogOutEndsTheSession() throws IOException, InterruptedException {
    logIn(key.token().text(), "/");
    String session = cookie("TIEBREAK_SESSION").getValue();
    send("GET", "/", "", PAGE);
    assertThat(send("POST", "/logout", "").statusCode()).isEqualTo(403);
    HttpResponse<String> out =
        send("POST", "/logout", "", "X-XSRF-TOKEN", cookie("XSRF-TOKEN").getValue());
    assertThat(location(out)).isEqualTo("/login?logout");
    assertThat(send("GET", "/projects", "").statusCode()).isEqualTo(401);
    assertThat(send("GET", "/projects", "", "Cookie", "TIEBREAK_SESSION=" + session).statusCode())
        .isEqualTo(401);
  }

  @Test
  void programsMeetNeitherSessionNorToken() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send("GET", "/projects", "", "Authorization", "Bearer " + key.token().text());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map()).doesNotContainKey("Set-Cookie");
    assertThat(send("GET", "/projects", "").headers().map()).doesNotContainKey("Set-Cookie");
  }
}
