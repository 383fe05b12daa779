package dev.tiebreak.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.AuthenticatedTest;
import dev.tiebreak.Http;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.core.env.Environment;

/** A log-in is one of the service, not of the process that took it. */
@AuthenticatedTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicasIT {

  private final URI one;
  private final Credentials credentials;
  private final KeyIssue issue;
  private final Environment environment;
  private OtherService other;

  ReplicasIT(Http http, KeyIssue issue, Environment environment) {
    this.one = http.service();
    this.issue = issue;
    this.credentials = new Credentials(issue);
    this.environment = environment;
  }

  @BeforeAll
  void start() {
    other = OtherService.beside(environment);
  }

  @AfterAll
  void end() {
    other.close();
  }

  private KeyIssue.Issued key() {
    return credentials.issue("of-two", null, Role.ADMIN);
  }

  private static int projects(Browser browser) throws IOException, InterruptedException {
    return browser.send("GET", "/projects", "").statusCode();
  }

  @Test
  void aLogInAtOneIsGoodAtTheOther() throws IOException, InterruptedException {
    Browser browser = new Browser(one);
    browser.logIn(key().token().text(), "/");
    Browser there = browser.at(other.service());
    HttpResponse<String> page = there.open("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains(">of-two<");
    String json = "{\"name\":\"made-there\",\"roles\":[\"OBSERVER\"]}";
    String[] type = {"Content-Type", "application/json"};
    assertThat(there.send("POST", "/keys", json, type).statusCode()).isEqualTo(403);
    HttpResponse<String> made = there.postJson("/keys", json);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
  }

  @Test
  void thePageOfOneMayBeSentToTheOther() throws IOException, InterruptedException {
    Browser browser = new Browser(one);
    Matcher token =
        Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(browser.open("/login").body());
    assertThat(token.find()).isTrue();
    Browser there = browser.at(other.service());
    HttpResponse<String> in =
        there.post("/login", "key=" + key().token().text() + "&_csrf=" + token.group(1));
    assertThat(there.location(in)).isEqualTo("/");
    assertThat(projects(browser)).isEqualTo(200);
  }

  @Test
  void aLogOutAtOneIsOneAtTheOther() throws IOException, InterruptedException {
    Browser browser = new Browser(one);
    browser.logIn(key().token().text(), "/");
    Browser there = browser.at(other.service());
    assertThat(projects(there)).isEqualTo(200);
    String session = browser.cookie("TIEBREAK_SESSION").orElseThrow();
    assertThat(there.location(there.logOut())).isEqualTo("/login?logout");
    for (Browser each : List.of(new Browser(one), new Browser(other.service()))) {
      assertThat(each.statusWithSession(session)).isEqualTo(401);
    }
  }

  @Test
  void aKeyRevokedAtOneEndsItsLogInsAtBoth() throws IOException, InterruptedException {
    KeyIssue.Issued key = key();
    Browser browser = new Browser(one);
    browser.logIn(key.token().text(), "/");
    Browser there = browser.at(other.service());
    assertThat(projects(there)).isEqualTo(200);
    issue.revoke(key.key().key(), null);
    Instant patience = Instant.now().plus(Duration.ofSeconds(30));
    while (projects(there) != 401 || projects(browser) != 401) {
      assertThat(Instant.now()).isBefore(patience);
      Thread.sleep(100);
    }
  }

  @Test
  void whoLeftForTheIssuerAtOneMayComeBackAtTheOther() throws IOException, InterruptedException {
    LocalPeople people = LocalIssuer.TRUSTED.people();
    people.come(Map.of("roles", "TRAINER", "projects", "*"));
    Browser browser = new Browser(one);
    Browser issuer = browser.at(URI.create(LocalIssuer.TRUSTED.url()));
    // as behind one name, at which all processes are
    String asked = browser.location(browser.open("/oauth2/authorization/tiebreak"));
    URI back = URI.create(issuer.location(issuer.open(asked)));
    Browser there = browser.at(other.service());
    HttpResponse<String> in =
        there.send("GET", back.getRawPath() + "?" + back.getRawQuery(), "", Browser.PAGE);
    assertThat(there.location(in)).isEqualTo("/");
    assertThat(projects(browser)).isEqualTo(200);
  }
}
