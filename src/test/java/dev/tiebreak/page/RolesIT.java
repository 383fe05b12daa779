package dev.tiebreak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.tiebreak.AuthenticatedTest;
import dev.tiebreak.Http;
import dev.tiebreak.RemoteProject;
import dev.tiebreak.access.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ApplicationContext;

/**
 * Pages where authentication is on: each role is offered what it may do, and nothing else. A visit
 * complains of itself where a page asked for what its viewer may not have.
 */
@AuthenticatedTest
class RolesIT {

  private static final double REPLAY_MILLIS = 180_000;

  /** Who looks, and what they find. */
  private enum Viewer {
    ADMIN(
        List.of("Annotate", "Projects", "API"),
        List.of("Overview", "Rounds", "Annotators", "Replays", "Data", "Settings"),
        "/"),
    TRAINER(
        List.of("Projects", "API"), List.of("Rounds", "Replays", "Data", "Settings"), "/projects"),
    OBSERVER(
        List.of("Projects", "API"),
        List.of("Overview", "Rounds", "Annotators", "Settings"),
        "/projects"),
    ANNOTATOR(List.of("Annotate", "API"), List.of(), "/");

    private final List<String> pages;
    private final List<String> sections;
    private final String start;

    Viewer(List<String> pages, List<String> sections, String start) {
      this.pages = pages;
      this.sections = sections;
      this.start = start;
    }
  }

  private final Http http;
  private final Credentials credentials;

  RolesIT(Http http, ApplicationContext beans) {
    credentials = Credentials.of(beans);
    this.http = http.with(credentials.secret("roles-admin", "ADMIN"));
  }

  private RemoteProject project(String name) {
    RemoteProject project = RemoteProject.create(http, name, Rows.settings());
    Rows rows = new Rows(3);
    http.post(
            project.path("/embeddings"), "application/x-ndjson", String.join("\n", rows.of(12, 6)))
        .expect(200);
    project.refit();
    rows.answer(project, "roles-admin", 15);
    project.refit();
    return project;
  }

  private Page logIn(Visit visit, Viewer viewer, String path) {
    return visit.logIn(credentials.secret("roles-" + viewer, viewer.name()), path);
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  @ParameterizedTest
  @EnumSource(Viewer.class)
  void startsWhereThereIsSomethingToDo(Viewer viewer) {
    RemoteProject project = project("start");
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = logIn(visit, viewer, "/");

      assertThat(page).hasURL(http.service() + viewer.start);
      assertThat(page.locator("header nav a")).hasText(viewer.pages.toArray(String[]::new));
      assertThat(page.locator("header .viewer")).hasText("roles-" + viewer);
      assertThat(page.locator("main")).containsText(project.slug());
      Visit.checkAccessibility(page);
      Links.walk(page, Links.of(page));

      page.navigate("/projects");
      assertThat(page).hasURL(http.service() + (viewer.sections.isEmpty() ? "/" : "/projects"));
      assertThat(page.locator("main")).containsText(project.slug());
      assertThat(page.locator("#new-project")).hasCount(viewer == Viewer.ADMIN ? 1 : 0);
      Links.walk(page, Links.of(page));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Viewer.class,
      names = {"ADMIN", "TRAINER", "OBSERVER"})
  void showsOfTheDashboardWhatARoleMaySee(Viewer viewer) {
    RemoteProject project = project("seen");
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = logIn(visit, viewer, project.path("/dashboard"));
      assertThat(page.locator(".tabs a")).hasText(viewer.sections.toArray(String[]::new));
      for (String section : viewer.sections) {
        page.locator(".tabs").getByText(section).click();
        assertThat(page.locator("#live")).hasText("Live");
        assertThat(page.locator("main > section:visible")).hasCount(1);
        if (section.equals("Rounds")) {
          assertThat(page.locator("#figure-log-det .line")).hasCount(1);
          assertThat(page.locator("#figure-gain .line")).hasCount(2);
          assertThat(page.locator("#figure-map .edge")).hasCount(20);
          assertThat(page.locator("#rounds-table tbody tr")).hasCount(2);
        }
        Visit.checkAccessibility(page);
        Links.walk(page, Links.of(page));
      }
      assertThat(page.locator("#not-observed")).hasCount(viewer == Viewer.TRAINER ? 1 : 0);
      assertThat(page.locator("#not-trained")).hasCount(viewer == Viewer.OBSERVER ? 1 : 0);
      assertThat(page.locator("#request-round")).hasCount(viewer == Viewer.OBSERVER ? 0 : 1);
      assertThat(page.locator("#setting-batchSize")).hasValue("20");
      if (viewer == Viewer.ADMIN) {
        assertThat(page.locator("#setting-batchSize")).isEnabled();
        assertThat(page.locator("#delete-form")).isVisible();
      } else {
        assertThat(page.locator("#setting-batchSize")).isDisabled();
        assertThat(page.locator("#settings")).containsText("takes the role ADMIN");
        assertThat(page.locator("#delete-form")).hasCount(0);
        assertThat(page.getByText("Save settings")).hasCount(0);
      }
    }
  }

  @Test
  void aTrainerUploadsAsksForARoundReplaysAndDownloads() {
    RemoteProject project = RemoteProject.create(http, "trained", Rows.settings());
    byte[] file = String.join("\n", new Rows(5).of(12, 6)).getBytes(StandardCharsets.UTF_8);
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = logIn(visit, Viewer.TRAINER, project.path("/dashboard#data"));
      page.locator("#upload-file")
          .setInputFiles(new FilePayload("rows.ndjson", "application/x-ndjson", file));
      press(page, "Upload");
      assertThat(page.locator("#upload-result")).containsText("72 created");

      page.locator(".tabs").getByText("Rounds").click();
      press(page, "Ask for a round now");
      assertThat(page.locator("#round-state")).containsText("Round 1 ended");
      assertThat(page.locator("#batch-diagnostics")).containsText("Distinct responses");

      page.locator(".tabs").getByText("Data").click();
      assertThat(page.waitForDownload(() -> press(page, "Model, application/json")).failure())
          .isNull();

      page.locator(".tabs").getByText("Replays").click();
      page.locator("#replay-labels").fill("20");
      page.locator("#replay-seeds").fill("1");
      press(page, "Start the replay");
      assertThat(page.locator(".replay .badge"))
          .hasText("done", new LocatorAssertions.HasTextOptions().setTimeout(REPLAY_MILLIS));
      press(page, "Show curves");
      assertThat(page.locator("#figure-replay .line")).not().hasCount(0);
    }
  }

  @Test
  void tellsAnAnnotatorInWordsWhatADashboardTakes() {
    RemoteProject project = project("closed");
    try (Visit visit = Visit.begin(http.service(), Visit.Device.PHONE)) {
      Page page = logIn(visit, Viewer.ANNOTATOR, project.path("/dashboard"));

      assertThat(page.locator("h1")).hasText("This is not allowed");
      assertThat(page.locator("main"))
          .containsText(Pattern.compile("This takes OBSERVER or TRAINER; none of your roles"));
      assertThat(page.locator("main")).containsText("You are logged in as roles-ANNOTATOR");
      Visit.checkAccessibility(page);
      page.getByText("Pick a project").click();
      assertThat(page.locator("main")).containsText(project.slug());

      page.goBack();
      page.getByText("Log out").click();
      assertThat(page.locator("h1")).hasText("Log in to Tiebreak");
      visit.forgive("status of 403");
    }
  }

  @Test
  void annotatesUnderTheNameOfTheKey() {
    RemoteProject project = project("named");
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = logIn(visit, Viewer.ANNOTATOR, "/annotate/" + project.slug());
      Desk desk = new Desk(page, project);
      assertThat(page.locator("#name-form")).isHidden();
      desk.decide("1");
      desk.decide("t");

      assertThat(desk.awaitLog(17).subList(15, 17))
          .allMatch(row -> row.path("annotator").asString().equals("roles-ANNOTATOR"));
      page.keyboard().press("?");
      assertThat(page.locator("#who")).isHidden();
    }
  }
}
