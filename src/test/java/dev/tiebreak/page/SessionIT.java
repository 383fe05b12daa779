package dev.tiebreak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.tiebreak.AuthenticatedTest;
import dev.tiebreak.Http;
import dev.tiebreak.RemoteProject;
import dev.tiebreak.access.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Sessions that end while somebody is at work. */
@AuthenticatedTest
class SessionIT {

  private static final String UNKNOWN = "status of 401";

  private final Http http;
  private final Credentials credentials;
  private final JdbcClient statements;

  SessionIT(Http http, ApplicationContext beans, JdbcClient statements) {
    credentials = Credentials.of(beans);
    this.http = http.with(credentials.secret("session-admin", "ADMIN"));
    this.statements = statements;
  }

  /** As the service does when eight hours have passed without a request. */
  private void end(Visit visit) {
    String cookie =
        visit.context().cookies().stream()
            .filter(one -> one.name.equals("TIEBREAK_SESSION"))
            .findFirst()
            .orElseThrow()
            .value;
    String session = new String(Base64.getDecoder().decode(cookie), StandardCharsets.UTF_8);
    assertThat(
            statements
                .sql("delete from spring_session where session_id = ?")
                .param(session)
                .update())
        .isEqualTo(1);
  }

  private static List<String> preferences(List<JsonNode> log) {
    return log.stream().map(row -> row.path("preference").asString()).toList();
  }

  @Test
  void losesNoVerdictWhenItsSessionEnds() {
    RemoteProject project = DemoProject.create(http, "expired", Map.of());
    String key = credentials.secret("session-ann", "ANNOTATOR");
    List<String> dialogs = new ArrayList<>();
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.logIn(key, "/annotate/" + project.slug());
      page.onDialog(dialog -> {
        dialogs.add(dialog.type());
        dialog.accept();
      });
      Desk desk = new Desk(page, project);
      desk.decide("1");
      desk.awaitLog(1);
      end(visit);
      desk.decide("2");
      desk.decide("t");

      assertThat(page.locator("#session-ended"))
          .containsText("What you decided is kept in this browser");
      assertThat(desk.connection()).hasText("2 verdicts waiting");
      assertThat(project.log()).hasSize(1);
      Visit.checkAccessibility(page);

      page.locator("#log-in-again").click();
      Visit.show(page, key);
      assertThat(page).hasURL(Pattern.compile(".*/annotate/" + project.slug()));
      List<JsonNode> log = desk.awaitLog(3);
      assertThat(preferences(log)).containsExactly("LEFT", "RIGHT", "TIE");
      assertThat(log)
          .allMatch(row -> row.path("outcome").asString().equals("COUNTED"))
          .allMatch(row -> row.path("annotator").asString().equals("session-ann"));
      assertThat(dialogs).isEmpty();
      visit.forgive(UNKNOWN);
    }
  }

  @Test
  void goesOnByItselfOnceSomebodyHasLoggedInInAnotherTab() {
    RemoteProject project = DemoProject.create(http, "another-tab", Map.of());
    String key = credentials.secret("session-bea", "ANNOTATOR");
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Desk desk = new Desk(visit.logIn(key, "/annotate/" + project.slug()), project);
      desk.shown();
      end(visit);
      desk.decide("1");
      assertThat(desk.page().locator("#log-in-again")).isVisible();

      visit.logIn(key, "/");
      assertThat(desk.page().locator("#log-in-again")).isHidden();
      assertThat(preferences(desk.awaitLog(1))).containsExactly("LEFT");
      desk.decide("2");
      desk.awaitLog(2);
      visit.forgive(UNKNOWN);
    }
  }

  /** Their verdicts would be refused for good under another name. */
  @Test
  void keepsVerdictsForWhoGaveThemWhileSomebodyElseIsLoggedIn() {
    RemoteProject project = DemoProject.create(http, "somebody-else", Map.of("overlap", 2));
    String key = credentials.secret("session-cal", "ANNOTATOR");
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Desk desk = new Desk(visit.logIn(key, "/annotate/" + project.slug()), project);
      desk.shown();
      end(visit);
      visit.logIn(credentials.secret("session-dan", "ANNOTATOR"), "/").close();
      desk.page().keyboard().press("b");
      assertThat(desk.page().locator("main")).containsText("kept in this browser");
      desk.page().close();
      assertThat(project.log()).isEmpty();

      end(visit);
      Desk again = new Desk(visit.logIn(key, "/annotate/" + project.slug()), project);
      JsonNode verdict = again.awaitLog(1).getFirst();
      assertThat(verdict.path("annotator").asString()).isEqualTo("session-cal");
      assertThat(verdict.path("preference").asString()).isEqualTo("BOTH_BAD");
      visit.forgive("status of 40");
    }
  }

  @Test
  void tellsTheTeamThatItsSessionHasEndedAndLeavesWhatIsTyped() {
    RemoteProject project = DemoProject.create(http, "typed", Map.of());
    String key = credentials.secret("session-eve", "ADMIN");
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.logIn(key, project.path("/dashboard#settings"));
      assertThat(page.locator("#setting-overlap")).hasValue("1");
      page.locator("#setting-overlap").fill("3");
      end(visit);

      assertThat(page.locator("#session-ended")).containsText("Your session has ended.");
      assertThat(page.locator("#setting-overlap")).hasValue("3");
      visit.logIn(key, "/").close();
      page.getByText("Save settings").click();
      assertThat(page.locator("#settings-saved")).hasText("Saved.");
      assertThat(page.locator("#log-in-again")).isHidden();
      visit.forgive(UNKNOWN);
    }
    assertThat(project.json().path("overlap").asInt()).isEqualTo(3);
  }
}
