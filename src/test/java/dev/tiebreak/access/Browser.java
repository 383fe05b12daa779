package dev.tiebreak.access;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A person's browser as the service sees it: it keeps cookies, for a host whatever its port, and
 * follows no redirect by itself.
 */
final class Browser {

  static final String[] PAGE = {"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"};

  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final URI service;
  private final CookieManager cookies;
  private final HttpClient client;

  Browser(URI service) {
    this(service, new CookieManager());
  }

  private Browser(URI service, CookieManager cookies) {
    this.service = service;
    this.cookies = cookies;
    this.client = HttpClient.newBuilder().cookieHandler(cookies).build();
  }

  /** The same browser at another process of the same service. */
  Browser at(URI other) {
    return new Browser(other, cookies);
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.resolve(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Opens a page. */
  HttpResponse<String> open(String path) throws IOException, InterruptedException {
    return send("GET", path, "", PAGE);
  }

  HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
    return send("POST", path, form, "Content-Type", "application/x-www-form-urlencoded");
  }

  /** Shows a key on the page of the log-in. */
  HttpResponse<String> logIn(String secret, String from) throws IOException, InterruptedException {
    Matcher token = TOKEN.matcher(open("/login?from=" + encode(from, UTF_8)).body());
    assertThat(token.find()).isTrue();
    return post(
        "/login",
        "key=%s&_csrf=%s&from=%s"
            .formatted(encode(secret, UTF_8), encode(token.group(1), UTF_8), encode(from, UTF_8)));
  }

  /** Sends JSON as a page's script does, once the page is open. */
  HttpResponse<String> postJson(String path, String json) throws IOException, InterruptedException {
    return send(
        "POST", path, json, "Content-Type", "application/json", "X-XSRF-TOKEN", pageToken());
  }

  /** Logs out as a page does. */
  HttpResponse<String> logOut() throws IOException, InterruptedException {
    return send("POST", "/logout", "", "X-XSRF-TOKEN", pageToken());
  }

  private String pageToken() throws IOException, InterruptedException {
    open("/");
    return cookie("XSRF-TOKEN").orElseThrow();
  }

  Optional<String> cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findFirst();
  }

  /** The status of a request that shows this session. */
  int statusWithSession(String session) throws IOException, InterruptedException {
    return send("GET", "/projects", "", "Cookie", "TIEBREAK_SESSION=" + session).statusCode();
  }

  void forgetCookies() {
    cookies.getCookieStore().removeAll();
  }

  /** Where an answer leads, without this service's own address. */
  String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("").replaceFirst("^" + service, "");
  }
}
