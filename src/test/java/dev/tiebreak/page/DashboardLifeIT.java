package dev.tiebreak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The dashboard at work: rounds that run, nobody who looks, hundreds who annotate. */
@IntegrationTest
class DashboardLifeIT {

  private static final int CROWD = 500;

  private final Http http;

  DashboardLifeIT(Http http) {
    this.http = http;
  }

  private RemoteProject project(String name, Map<String, ?> more) {
    Map<String, Object> settings = new HashMap<>(Rows.settings());
    settings.putAll(more);
    RemoteProject project = RemoteProject.create(http, name, settings);
    http.post(
            project.path("/embeddings"),
            "application/x-ndjson",
            String.join("\n", new Rows(3).of(12, 6)) + "\n")
        .expect(200);
    project.refit();
    return project;
  }

  private static void live(Page page) {
    assertThat(page.locator("#live")).hasText("Live");
  }

  /** The newest round as the service would tell of it while it runs. */
  private static void tell(Route route, String stage) {
    String answer = route.fetch().text();
    route.fulfill(
        new Route.FulfillOptions()
            .setContentType("application/json")
            .setBody(
                answer
                    .replaceFirst("\"state\":\"DONE\"", "\"state\":\"RUNNING\"")
                    .replaceFirst("\"stage\":null", "\"stage\":\"" + stage + "\"")));
  }

  @Test
  void followsARoundThroughItsStages() {
    RemoteProject project = project("stages", Map.of());
    AtomicReference<String> stage = new AtomicReference<>("FIT");
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.context().newPage();
      page.route("**/refits?limit=1", route -> tell(route, stage.get()));
      page.navigate(project.path("/dashboard#rounds"));
      Locator now = page.locator("#round-stages [aria-current=step]");

      assertThat(page.locator("#round-state")).hasText("Round 1 is running.");
      assertThat(now).hasText("fit");
      assertThat(page.locator("#round-stages .done")).hasText(new String[] {"read"});
      assertThat(page.locator("#round-stages .to-come"))
          .hasText(new String[] {"select", "publish"});
      Visit.checkAccessibility(page);
      stage.set("CERTIFY");
      assertThat(now).hasText("certify");
      assertThat(page.locator("#round-stages .done"))
          .hasText(new String[] {"read", "fit", "select"});

      page.unroute("**/refits?limit=1");
      assertThat(page.locator("#round-state")).hasText(Pattern.compile("Round 1 ended .*"));
      assertThat(page.locator("#round-stages")).isHidden();
    }
  }

  @Test
  void asksForNothingWhileNobodyLooks() {
    RemoteProject project = project("unseen", Map.of());
    List<String> asked = new CopyOnWriteArrayList<>();
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.context().newPage();
      page.clock().install();
      page.navigate(project.path("/dashboard#overview"));
      live(page);
      page.onRequest(request -> asked.add(request.url()));
      page.waitForRequest("**/progress?*", () -> page.clock().fastForward(3_100));
      live(page);

      Visit.hide(page, true);
      assertThat(page.locator("#live")).hasText("Paused while nobody looks");
      page.waitForTimeout(300);
      asked.clear();
      page.clock().fastForward("05:00");
      page.waitForTimeout(500);
      assertThat(asked).isEmpty();

      page.waitForRequest("**/progress?*", () -> Visit.hide(page, false));
      live(page);
    }
  }

  @Test
  void chartsNewRoundsTooOnceAllAreCharted() {
    RemoteProject project = project("grows", Map.of());
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.context().newPage();
      page.route(
          "**/progress?*",
          route ->
              route.fulfill(
                  new Route.FulfillOptions()
                      .setContentType("application/json")
                      .setBody(
                          route.fetch().text().replaceFirst("\"rounds\":1,", "\"rounds\":101,"))));
      page.navigate(project.path("/dashboard#rounds"));
      page.locator("#all-rounds").click();
      assertThat(page.locator("#charted-rounds")).hasText("");
      project.refit();
      page.locator("#figure-gain summary").click();
      assertThat(page.locator("#figure-gain tbody tr")).hasCount(2);
    }
  }

  private RemoteProject crowd() {
    RemoteProject project = project("crowd", Map.of("overlap", 3));
    List<Map<String, Object>> judgements = new ArrayList<>();
    for (int annotator = 0; annotator < CROWD; annotator++) {
      String name = String.format(Locale.ROOT, "annotator-%03d@example.org", annotator);
      for (int i = 0; i <= annotator % 5; i++) {
        judgements.add(RemoteProject.judgement("p" + i + "-r0", "p" + i + "-r1", "LEFT", name));
      }
    }
    project.judge(judgements);
    return project;
  }

  private static Locator rows(Page page) {
    return page.locator("#annotators-table tbody tr");
  }

  private static void sort(Page page, String column) {
    page.locator("#annotators-table .sort").getByText(column).click();
  }

  @ParameterizedTest
  @EnumSource(Visit.Device.class)
  void findsItsWayAmongHundredsOfAnnotators(Visit.Device device) {
    RemoteProject project = crowd();
    try (Visit visit = Visit.begin(http.service(), device)) {
      Page page = visit.open(project.path("/dashboard#annotators"));
      assertThat(rows(page)).hasCount(20);
      assertThat(page.locator("#annotators-note")).hasText("The 20 of 500 with the most verdicts.");
      assertThat(page.locator("#annotators-table tfoot tr")).containsText("All 5001,500");
      Visit.checkAccessibility(page);

      sort(page, "Annotator");
      assertThat(page.locator("th[aria-sort=ascending]")).hasText("Annotator");
      assertThat(rows(page).first()).containsText("annotator-000");
      sort(page, "Verdicts");
      sort(page, "Verdicts");
      assertThat(rows(page).first().locator("td").first()).hasText("1");
      assertThat(page.locator("th[aria-sort]")).hasCount(1);

      page.locator("#people-name").fill("-49");
      assertThat(rows(page)).hasCount(10);
      assertThat(page.locator("#annotators-note")).hasText("10 of 500 by that name.");
      page.locator("#people-name").fill("nobody");
      assertThat(page.locator("#annotators-note")).hasText("Nobody has such a name.");

      page.locator("#people-name").fill("");
      page.locator("#all-annotators").click();
      assertThat(rows(page)).hasCount(CROWD);
      Visit.checkAccessibility(page);
      assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .isEqualTo(true);
    }
  }

  /** What somebody has marked to copy stays marked while the page reads on. */
  @Test
  void drawsRowsAnewOnlyWhereSomethingChanged() {
    RemoteProject project = crowd();
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.open(project.path("/dashboard#annotators"));
      page.locator("#all-annotators").click();
      assertThat(rows(page)).hasCount(CROWD);
      rows(page).first().evaluate("row => row.dataset.marked = 'yes'");
      page.waitForResponse("**/progress?*", () -> {});
      page.waitForResponse("**/progress?*", () -> {});

      assertThat(rows(page).first()).hasAttribute("data-marked", "yes");
      project.judge(List.of(RemoteProject.judgement("p9-r0", "p9-r1", "LEFT", "newcomer")));
      assertThat(rows(page)).hasCount(CROWD + 1);
    }
  }
}
