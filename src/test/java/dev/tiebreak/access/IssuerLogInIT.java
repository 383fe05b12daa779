package dev.tiebreak.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.tiebreak.AuthenticatedTest;
import dev.tiebreak.Http;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A browser's way in by the issuer, every step of it, and what must not get in that way. */
@AuthenticatedTest
class IssuerLogInIT {

  private static final Map<String, Object> TRAINER =
      Map.of("roles", List.of("TRAINER"), "projects", "*");
  private static final String REFUSED = "/login?error=issuer";

  private final Http http;
  private final LocalPeople people = LocalIssuer.TRUSTED.people();
  private Browser browser;

  IssuerLogInIT(Http http) {
    this.http = http;
    this.browser = new Browser(http.service());
  }

  @BeforeEach
  void startAnew() {
    browser = new Browser(http.service());
    people.come(TRAINER);
  }

  /** From the page of the log-in to the issuer and back, up to the address to come back to. */
  private String comeBack(String from) throws IOException, InterruptedException {
    Matcher start =
        Pattern.compile("href=\"(/oauth2/authorization/[^\"]+)\"")
            .matcher(browser.open(from).body());
    assertThat(start.find()).isTrue();
    HttpResponse<String> gone = browser.open(start.group(1));
    assertThat(gone.statusCode()).isEqualTo(302);
    assertThat(browser.location(gone)).startsWith(LocalIssuer.TRUSTED.url() + "/authorize?");
    HttpResponse<String> answered =
        browser.at(URI.create(LocalIssuer.TRUSTED.url())).open(browser.location(gone));
    assertThat(answered.statusCode()).as(answered.body()).isEqualTo(302);
    return browser.location(answered);
  }

  private String logIn() throws IOException, InterruptedException {
    return browser.location(browser.open(comeBack("/login")));
  }

  private int projects() throws IOException, InterruptedException {
    return browser.send("GET", "/projects", "").statusCode();
  }

  @Test
  void aPageLeadsToTheIssuerAndBackToThePage() throws IOException, InterruptedException {
    HttpResponse<String> asked = browser.open("/projects/none-such/dashboard?a=b&c=d");
    String back = comeBack(browser.location(asked));
    assertThat(back).startsWith("/login/oauth2/code/tiebreak?code=");
    assertThat(browser.cookie("TIEBREAK_SESSION")).isEmpty();
    HttpResponse<String> in = browser.open(back);
    assertThat(in.statusCode()).isEqualTo(302);
    assertThat(browser.location(in)).isEqualTo("/projects/none-such/dashboard?a=b&c=d");
    assertThat(in.headers().allValues("Set-Cookie"))
        .anyMatch(cookie -> cookie.startsWith("TIEBREAK_SESSION=") && cookie.contains("HttpOnly"));
    assertThat(projects()).isEqualTo(200);
    assertThat(browser.send("GET", "/keys", "").statusCode()).isEqualTo(403);
    assertThat(browser.open("/projects").body()).contains(">ann<");
  }

  @Test
  void whoComesBackMayDoWhatTheClaimsSayAndNoMore() throws IOException, InterruptedException {
    people.come(Map.of("sub", "admin", "roles", "ADMIN", "projects", "hh"));
    assertThat(logIn()).isEqualTo("/");
    assertThat(browser.send("GET", "/projects/hh", "").statusCode()).isEqualTo(404);
    assertThat(browser.send("GET", "/projects/sh", "").statusCode()).isEqualTo(403);
    HttpResponse<String> beyond =
        browser.postJson("/keys", "{\"name\":\"x\",\"roles\":[\"ADMIN\"]}");
    assertThat(beyond.statusCode()).isEqualTo(403);
    assertThat(beyond.body()).doesNotContain("X-XSRF-TOKEN");
  }

  @Test
  void rolesMayComeWithTheUserInfo() throws IOException, InterruptedException {
    people.come(Map.of());
    people.tell(Map.of("sub", "ann", "roles", List.of("TRAINER"), "projects", "*"));
    assertThat(logIn()).isEqualTo("/");
    assertThat(projects()).isEqualTo(200);
  }

  @Test
  void userInfoOfSomebodyElseIsRefused() throws IOException, InterruptedException {
    people.tell(Map.of("sub", "eve", "roles", List.of("ADMIN"), "projects", "*"));
    assertThat(logIn()).startsWith(REFUSED);
    assertThat(projects()).isEqualTo(401);
  }

  private static Stream<Arguments> badTokens() {
    Date past = Date.from(Instant.now().minusSeconds(3600));
    return Stream.of(
        bad("another nonce", token -> token.claim("nonce", "of-another-log-in")),
        bad("no nonce", token -> token.claim("nonce", null)),
        bad("for another service", token -> token.audience("another")),
        bad("for the service's programs", token -> token.audience(LocalIssuer.AUDIENCE)),
        bad("of another issuer", token -> token.issuer("http://127.0.0.1:1")),
        bad("run out", token -> token.issueTime(past).expirationTime(past)),
        bad("of nobody", token -> token.subject(null)));
  }

  private static Arguments bad(String name, UnaryOperator<JWTClaimsSet.Builder> change) {
    return Arguments.argumentSet(name, change);
  }

  @ParameterizedTest
  @MethodSource("badTokens")
  void anIdTokenThatProvesNothingIsRefused(UnaryOperator<JWTClaimsSet.Builder> change)
      throws IOException, InterruptedException {
    people.come(TRAINER, change);
    String refused = logIn();
    assertThat(refused).startsWith(REFUSED);
    assertThat(browser.cookie("TIEBREAK_SESSION")).isEmpty();
    assertThat(projects()).isEqualTo(401);
    assertThat(browser.open(refused).body())
        .contains("account did not succeed")
        .doesNotContain("This key is unknown");
  }

  @Test
  void anotherStateIsRefused() throws IOException, InterruptedException {
    String back = comeBack("/login");
    String other = back.replaceFirst("state=[^&]+", "state=guessed");
    assertThat(browser.location(browser.open(other))).startsWith(REFUSED);
    assertThat(projects()).isEqualTo(401);
  }

  @Test
  void aCodeIsOfNoUseInAnotherBrowser() throws IOException, InterruptedException {
    String back = comeBack("/login");
    Browser thief = new Browser(http.service());
    assertThat(thief.location(thief.open(back))).startsWith(REFUSED);
    assertThat(thief.send("GET", "/projects", "").statusCode()).isEqualTo(401);
    // not JSON, nothing, null
    for (String pending : List.of("bm90IGpzb24", "e30", "bnVsbA")) {
      String made = "TIEBREAK_PENDING=" + pending + "; TIEBREAK_SESSION=bm9uZQ";
      assertThat(thief.location(thief.send("GET", back, "", "Cookie", made))).startsWith(REFUSED);
    }
  }

  @Test
  void aCodeIsGoodOnce() throws IOException, InterruptedException {
    String back = comeBack("/login");
    assertThat(browser.location(browser.open(back))).isEqualTo("/");
    assertThat(browser.location(browser.open(back))).startsWith(REFUSED);
  }

  @Test
  void whoTurnsBackAtTheIssuerIsToldSo() throws IOException, InterruptedException {
    String state = comeBack("/login").replaceFirst(".*state=", "");
    String back = "/login/oauth2/code/tiebreak?error=access_denied&state=" + state;
    assertThat(browser.location(browser.open(back))).startsWith(REFUSED);
  }

  @Test
  void somebodyWithoutRolesIsKnownAndMayDoNothing() throws IOException, InterruptedException {
    people.come(Map.of("sub", "visitor"));
    assertThat(logIn()).isEqualTo("/");
    assertThat(projects()).isEqualTo(403);
    HttpResponse<String> start = browser.open("/");
    assertThat(start.statusCode()).isEqualTo(403);
    assertThat(start.body()).contains("none of your roles allows it");
    assertThat(browser.location(browser.logOut())).isEqualTo("/login?logout");
  }

  @Test
  void aLogOutEndsItHere() throws IOException, InterruptedException {
    logIn();
    String session = browser.cookie("TIEBREAK_SESSION").orElseThrow();
    assertThat(browser.location(browser.logOut())).isEqualTo("/login?logout");
    browser.forgetCookies();
    assertThat(browser.statusWithSession(session)).isEqualTo(401);
  }

  @Test
  void thePageLeadsToNoOtherSite() throws IOException, InterruptedException {
    String back = comeBack("/login?from=%2F%2Fevil.example");
    assertThat(browser.location(browser.open(back))).isEqualTo("/");
  }

  @Test
  void whoIsUnknownLeavesNothingBehind() throws IOException, InterruptedException {
    HttpResponse<String> gone = browser.open("/oauth2/authorization/tiebreak");
    assertThat(gone.headers().allValues("Set-Cookie"))
        .noneMatch(cookie -> cookie.startsWith("TIEBREAK_SESSION="))
        .anyMatch(cookie ->
            cookie.startsWith("TIEBREAK_PENDING=")
                && cookie.contains("HttpOnly")
                && cookie.contains("SameSite=Lax"));
  }
}
