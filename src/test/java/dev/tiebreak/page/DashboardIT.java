package dev.tiebreak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.OwnerSql;
import dev.tiebreak.RemoteProject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.env.Environment;

/** The dashboard as the team sees it, in a browser. */
@IntegrationTest
class DashboardIT {

  private static final List<String> SECTIONS =
      List.of("overview", "rounds", "annotators", "replays", "data", "settings");

  private final Http http;
  private final Environment environment;

  DashboardIT(Http http, Environment environment) {
    this.http = http;
    this.environment = environment;
  }

  private RemoteProject project(String name, Map<String, ?> settings) {
    Map<String, Object> all = new HashMap<>(Rows.settings());
    all.putAll(settings);
    return RemoteProject.create(http, name, all);
  }

  private void upload(RemoteProject project, Rows rows) {
    http.post(
            project.path("/embeddings"),
            "application/x-ndjson",
            String.join("\n", rows.of(12, 6)) + "\n")
        .expect(200);
  }

  private static String dashboard(RemoteProject project, String section) {
    return project.path("/dashboard#" + section);
  }

  private static void live(Page page) {
    assertThat(page.locator("#live")).hasText("Live");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void checkEverySection(Page page) {
    for (String section : SECTIONS) {
      page.locator(".tabs a[href='#" + section + "']").click();
      assertThat(page.locator("#" + section)).isVisible();
      live(page);
      Visit.checkAccessibility(page);
      assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .as(section)
          .isEqualTo(true);
    }
  }

  @ParameterizedTest
  @EnumSource(Visit.Device.class)
  void isEasyToUseBeforeAnythingIsThere(Visit.Device device) {
    RemoteProject project = project("bare", Map.of());
    try (Visit visit = Visit.begin(http.service(), device)) {
      Page page = visit.open(dashboard(project, "overview"));
      live(page);

      assertThat(page.locator("#advice-title")).hasText("Too early to say");
      assertThat(page.locator("#figure-accuracy")).containsText("begins with the first verdicts");
      checkEverySection(page);
    }
  }

  @ParameterizedTest
  @EnumSource(Visit.Device.class)
  void showsARunWhileItGoesOn(Visit.Device device) {
    RemoteProject project =
        project("live", Map.of("overlap", 2, "verdictCost", 0.5, "verdictBudget", 400));
    Rows rows = new Rows(7);
    upload(project, rows);
    try (Visit visit = Visit.begin(http.service(), device)) {
      Page page = visit.open(dashboard(project, "overview"));
      live(page);
      assertThat(page.locator("#tile-verdicts-value")).hasText("0");

      project.refit();
      int given = rows.answer(project, "ann", 15) + rows.answer(project, "bob", 15);
      assertThat(page.locator("#tile-verdicts-value")).hasText(Integer.toString(given));
      assertThat(page.locator("#tile-cost-value")).hasText("15 of 200");
      assertThat(page.locator("#figure-hours rect.bar")).hasCount(24);
      project.refit();
      rows.answer(project, "ann", 15);
      rows.answer(project, "bob", 15);
      assertThat(page.locator("#tile-rounds-value")).hasText("2");
      assertThat(page.locator("#figure-accuracy .line")).hasCount(2);
      assertThat(page.locator("#figure-accuracy .band")).hasCount(1);
      assertThat(page.locator("#tile-verdicts-value")).hasText("60");
      checkSums(page, project);
      checkEverySection(page);

      page.locator(".tabs a[href='#rounds']").click();
      assertThat(page.locator("#figure-map .edge")).hasCount(20);
      assertThat(page.locator("#batch-diagnostics")).containsText("Distinct responses");
      page.locator(".tabs a[href='#annotators']").click();
      assertThat(page.locator("#annotators-table tbody tr")).hasCount(2);
      assertThat(page.locator("#agreement-note")).containsText("Krippendorff");
    }
  }

  /** What is shown is what the calls give that the figures link to. */
  private void checkSums(Page page, RemoteProject project) {
    page.locator("#figure-hours summary").click();
    int shown =
        page.locator("#figure-hours tbody tr td:nth-child(2)").allInnerTexts().stream()
            .mapToInt(Integer::parseInt)
            .sum();
    String call = page.locator("#figure-hours .api-link").getAttribute("href");
    assertThat(call).startsWith(project.path("/progress?"));
    assertThat(
            http.get(call)
                .expect(200)
                .json()
                .path("counts")
                .path("verdicts")
                .path("lastDay")
                .asInt())
        .isEqualTo(shown)
        .isEqualTo(60);
  }

  @Test
  void asksForARoundAndTellsWhatBecameOfIt() {
    RemoteProject project = project("asked", Map.of());
    upload(project, new Rows(3));
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.open(dashboard(project, "rounds"));
      assertThat(page.locator("#round-state")).hasText("There was no round yet.");

      page.locator("#round-certificate").check();
      button(page, "Ask for a round now").click();

      assertThat(page.locator("#round-state")).containsText("Round 1 ended");
      assertThat(page.locator("#batch-diagnostics")).containsText("of the best possible gain");
      assertThat(page.locator("#rounds-table tbody tr")).hasCount(1);
      page.getByText("Where it comes from").click();
      assertThat(page.locator("#batch-provenance")).containsText("Verdicts' snapshot");
    }
  }

  /** As the service leaves it when something broke; what failed doesn't hide what went well. */
  @Test
  void tellsWhyARoundFailed() {
    RemoteProject project = project("failed", Map.of());
    upload(project, new Rows(3));
    project.refit();
    OwnerSql.of(environment)
        .sql(
            """
            insert into round (project_id, number, state, trigger, detail, started_at, finished_at)
            select project_id, 2, 'FAILED', 'LOW_WATER', 'The embeddings do not fit', now(), now()
            from project where slug = :slug
            """)
        .param("slug", project.slug())
        .update();
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.open(dashboard(project, "rounds"));

      assertThat(page.locator("#round-failed"))
          .hasText("Round 2 failed: The embeddings do not fit");
      assertThat(page.locator("#batch-title")).containsText("Batch 1");
      assertThat(page.locator("#rounds-table")).containsText("The embeddings do not fit");
      Visit.checkAccessibility(page);
    }
  }

  @Test
  void chartsAThousandRoundsAndListsTheBusiestAnnotators() {
    RemoteProject project = project("long", Map.of());
    upload(project, new Rows(3));
    project.refit();
    OwnerSql.of(environment)
        .sql(
            """
            with more as (
              insert into round (project_id, number, state, trigger, started_at, finished_at)
              select project_id, n, 'DONE', 'LOW_WATER', now(), now()
              from project, generate_series(2, 1000) as n where slug = :slug
              returning project_id, number)
            insert into batch
            select (jsonb_populate_record(b, jsonb_build_object('number', more.number))).*
            from more join batch b on b.project_id = more.project_id and b.number = 1
            """)
        .param("slug", project.slug())
        .update();
    project.judge(
        IntStream.range(0, 60)
            .mapToObj(i -> RemoteProject.judgement("p0-r0", "p0-r1", "LEFT", "ann-" + i))
            .toList());
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.open(dashboard(project, "rounds"));
      assertThat(page.locator("#charted-rounds")).hasText("The newest 100 of 1,000 rounds.");
      assertThat(page.locator("#rounds-table tbody tr")).hasCount(20);

      button(page, "Chart them all").click();

      assertThat(page.locator("#charted-rounds")).hasText("");
      assertThat(page.locator("#figure-log-det svg")).containsText("1,000");
      page.locator(".tabs a[href='#annotators']").click();
      assertThat(page.locator("#annotators-note")).containsText("The 20 of 60");
      button(page, "Show all").click();
      assertThat(page.locator("#annotators-table tbody tr")).hasCount(60);
    }
  }

  @Test
  void waitsWhileTheServiceIsInTroubleAndGoesOnByItself() {
    RemoteProject project = project("trouble", Map.of());
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.open(dashboard(project, "overview"));
      live(page);

      page.route(
          "**/progress?*",
          route ->
              route.fulfill(
                  new com.microsoft.playwright.Route.FulfillOptions()
                      .setStatus(503)
                      .setHeaders(Map.of("Retry-After", "5"))
                      .setContentType("application/problem+json")
                      .setBody("{\"title\":\"Not available\",\"status\":503}")));
      assertThat(page.locator("#live")).hasText("The service doesn't answer; again in 5 s");
      page.unroute("**/progress?*");
      live(page);
      visit.forgive("status of 503");
    }
  }

  @Test
  void savesSettingsAndShowsTheServicesErrorsAtTheirFields() {
    RemoteProject project = project("saved", Map.of("seed", 9007199254740993L));
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.open(dashboard(project, "settings"));
      assertThat(page.locator("#setting-dimension")).hasValue("6");
      page.locator("#setting-overlap").fill("101");
      button(page, "Save settings").click();
      assertThat(page.locator("#setting-overlap-error")).containsText("100");
      visit.forgive("status of 422");

      page.locator("#setting-overlap").fill("3");
      button(page, "Save settings").click();

      assertThat(page.locator("#settings-saved")).hasText("Saved.");
      assertThat(page.locator("#setting-overlap-error")).isHidden();
      visit.forgive("status of 422");
    }
    assertThat(project.json().path("overlap").asInt()).isEqualTo(3);
    assertThat(project.json().path("batchSize").asInt()).isEqualTo(20);
    assertThat(project.json().path("seed").asLong()).isEqualTo(9007199254740993L);
  }

  @Test
  void deletesAProjectOnlyWhereItsNameIsTyped() {
    RemoteProject project = project("doomed", Map.of());
    try (Visit visit = Visit.begin(http.service(), Visit.Device.PHONE)) {
      Page page = visit.open(dashboard(project, "settings"));
      assertThat(button(page, "Delete for good")).isDisabled();
      page.locator("#delete-confirm").fill(project.slug().substring(1));
      assertThat(button(page, "Delete for good")).isDisabled();

      page.locator("#delete-confirm").fill(project.slug());
      button(page, "Delete for good").click();

      assertThat(page).hasURL(Pattern.compile(".*/projects$"));
    }
    http.get(project.path()).expect(404, "project-not-found");
  }
}
