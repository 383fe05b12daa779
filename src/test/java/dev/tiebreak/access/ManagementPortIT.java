package dev.tiebreak.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.AuthenticatedTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.core.env.Environment;

/** Management on a port of its own: the meters are open there, and nothing else is. */
@AuthenticatedTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagementPortIT {

  private final KeyIssue issue;
  private final Environment environment;
  private OtherService service;
  private Browser management;

  ManagementPortIT(KeyIssue issue, Environment environment) {
    this.issue = issue;
    this.environment = environment;
  }

  @BeforeAll
  void start() throws IOException {
    int port = freePort();
    service =
        OtherService.beside(
            environment, "management.server.port=" + port, "management.server.address=127.0.0.1");
    management = new Browser(URI.create("http://127.0.0.1:" + port));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @AfterAll
  void end() {
    service.close();
  }

  @Test
  void metersNeedNoKeyThere() throws IOException, InterruptedException {
    HttpResponse<String> meters = management.send("GET", "/metrics", "");
    assertThat(meters.statusCode()).isEqualTo(200);
    assertThat(meters.body()).contains("jvm_memory_used_bytes", "tiebreak_");
  }

  @Test
  void metersAreNotOnTheServicesPort() throws IOException, InterruptedException {
    Browser browser = new Browser(service.service());
    assertThat(browser.send("GET", "/metrics", "").statusCode()).isEqualTo(401);
    String[] observer = new Credentials(issue).bearer("meters", null, Role.OBSERVER);
    HttpResponse<String> asked = browser.send("GET", "/metrics", "", observer);
    assertThat(asked.statusCode()).isEqualTo(404);
    assertThat(asked.body()).contains("/problems/path-not-found");
  }

  @Test
  void nothingElseIsThere() throws IOException, InterruptedException {
    Set<String> answered = new TreeSet<>();
    String[] admin = new Credentials(issue).bearer("meters", null, Role.ADMIN);
    for (AccessRule rule : AccessRules.TABLE) {
      String path = rule.path().getPatternString().replaceAll("[{}*]", "");
      HttpResponse<String> answer = management.send(rule.method().name(), path, "", admin);
      if (answer.statusCode() != 404) {
        answered.add(rule.method() + " " + path + " " + answer.statusCode());
      }
    }
    assertThat(answered).containsExactly("GET /metrics 200");
    for (String path :
        List.of(
            "/actuator",
            "/health",
            "/env",
            "/beans",
            "/heapdump",
            "/loggers",
            "/shutdown",
            "/prometheus",
            "/",
            "/logout",
            "/oauth2/authorization/tiebreak")) {
      HttpResponse<String> answer = management.send("GET", path, "");
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
    }
    assertThat(management.send("POST", "/metrics", "").statusCode()).isEqualTo(405);
  }
}
