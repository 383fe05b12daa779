package dev.tiebreak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What axe-core does not see: focus, what is said, motion, magnification, charts without eyes. */
@IntegrationTest
class EverybodyIT {

  /** Counts how often anything that is read aloud changes. */
  private static final String LISTEN =
      """
      () => {
        window.said = [];
        document.querySelectorAll('[role=status], [role=alert], [aria-live]').forEach(place =>
          new MutationObserver(() => window.said.push(place.textContent.trim()))
            .observe(place, {childList: true, characterData: true, subtree: true}));
      }
      """;

  private final Http http;

  EverybodyIT(Http http) {
    this.http = http;
  }

  private RemoteProject watched() {
    return Rows.judged(http, "everybody");
  }

  private static void turnTo(Page page, String section) {
    page.locator(".tabs a[href='#" + section + "']").click();
    assertThat(page.locator("#live")).hasText("Live");
  }

  @Test
  void everyChartIsATableToo() {
    RemoteProject project = watched();
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.open(project.path("/dashboard"));
      int charts = 0;
      for (String section : List.of("overview", "rounds")) {
        turnTo(page, section);
        Locator figures = page.locator("#" + section + " figure:has(svg.chart)");
        assertThat(figures).hasCount(3);
        for (Locator figure : figures.all()) {
          assertThat(figure.locator("svg.chart").getAttribute("aria-label")).hasSizeGreaterThan(20);
          figure.locator("summary").focus();
          page.keyboard().press("Enter");
          assertThat(figure.locator("tbody tr").first()).isVisible();
          page.keyboard().press("Tab");
          assertThat(figure.locator(".table-scroll")).isFocused();
          charts++;
        }
      }
      assertThat(charts).isEqualTo(6);
      turnTo(page, "overview");
      assertThat(page.locator("#queue-bar").getAttribute("aria-label")).contains("answered");
    }
  }

  @Test
  void theFocusGoesWhereTheWorkGoesOn() {
    RemoteProject project = watched();
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.open(project.path("/dashboard#rounds"));
      page.getByLabel("Show batch 1").press("Enter");
      assertThat(page.locator("#batch-title")).hasText("Batch 1: 20 comparisons");
      assertThat(page.locator("#batch-title")).isFocused();

      page.getByLabel("Show batch 2").focus();
      project.refit();
      assertThat(page.locator("#rounds-table tbody tr")).hasCount(3);
      assertThat(page.getByLabel("Show batch 2")).isFocused();

      page.locator("#request-round").press("Enter");
      assertThat(page.locator("#rounds-table tbody tr")).hasCount(4);
      assertThat(page.locator("#request-round")).isFocused();
    }
  }

  @Test
  void theFocusIsNotLostWhenTheQueueIsEmpty() {
    RemoteProject project =
        DemoProject.create(
            http,
            "last",
            Map.of(),
            List.of(
                DemoProject.row("p", "Why?", "So.", 0), DemoProject.row("p", "Why?", "Hm.", 1)));
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = Desk.sitDown(visit, project, "ann").page();
      page.locator("[data-preference=TIE]").press("Enter");

      assertThat(page.locator("#pause-title")).isVisible();
      assertThat(page.locator("#content")).isFocused();
      page.keyboard().press("u");
      assertThat(page.locator(".comparison")).isVisible();
      page.locator("[data-preference=LEFT]").press("Enter");
      assertThat(page.locator("#notice")).containsText("Your verdict was changed.");
    }
  }

  @Test
  void eachVerdictIsSaidOnceAndNothingElse() {
    RemoteProject project = DemoProject.create(http, "said", Map.of());
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Desk desk = Desk.sitDown(visit, project, "ann");
      desk.page().evaluate(LISTEN);
      desk.decide("t");
      desk.awaitLog(1);
      desk.decide("t");
      desk.awaitLog(2);

      assertThat(desk.page().evaluate("window.said.map(text => text.replace('\\u00a0', ''))"))
          .isEqualTo(List.of("Tie. Next comparison.", "Tie. Next comparison."));
    }
  }

  @Test
  void aDashboardWithNothingNewIsSilent() {
    RemoteProject project = watched();
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.open(project.path("/dashboard#rounds"));
      assertThat(page.locator("#live")).hasText("Live");
      assertThat(page.locator("#rounds-table tbody tr")).hasCount(2);
      page.evaluate(LISTEN);
      page.waitForResponse("**/progress?*", () -> {});
      page.waitForResponse("**/progress?*", () -> {});

      assertThat(page.evaluate("window.said")).isEqualTo(List.of());
    }
  }

  @Test
  void nothingMovesForThoseWhoDoNotWantIt() {
    RemoteProject project = RemoteProject.create(http, "still", Map.of("dimension", 4));
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Desk desk = Desk.open(visit, project, "ann");
      Locator pulse = desk.page().locator(".pulse");
      desk.page().locator("#pause").evaluate("pause => pause.classList.remove('is-idle')");
      assertThat(pulse).hasCSS("animation-duration", "1.4s");
      desk.page()
          .emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));

      assertThat(pulse).hasCSS("animation-duration", "0s");
      assertThat(desk.page().locator("#help-switch")).hasCSS("transition-duration", "0s");
    }
  }

  /** A window of 1280 × 800 at 200 % and 400 %, and a low one. */
  @ParameterizedTest
  @CsvSource({"640, 400", "320, 256", "1280, 400"})
  void canBeUsedMagnified(int width, int height) {
    RemoteProject project = DemoProject.create(http, "magnified", Map.of());
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Desk desk = Desk.sitDown(visit, project, "ann");
      Page page = desk.page();
      page.setViewportSize(width, height);
      for (String side : List.of(".side-left .side-text", ".side-right .side-text")) {
        assertThat(page.locator(side).boundingBox().height).isGreaterThan(90);
      }
      assertThat(page.locator("[data-figure=today]")).isVisible();
      page.locator("[data-preference=RIGHT]").click();
      desk.awaitLog(1);
      checkWidth(page);
      Visit.checkAccessibility(page);

      page.navigate(project.path("/dashboard"));
      for (String section :
          List.of("overview", "rounds", "annotators", "replays", "data", "settings")) {
        turnTo(page, section);
        checkWidth(page);
      }
    }
  }

  private static void checkWidth(Page page) {
    assertThat(
            page.evaluate(
                "[...document.querySelectorAll('body *')].filter(e => e.checkVisibility() &&"
                    + " e.getBoundingClientRect().right > innerWidth + 1 &&"
                    + " !e.closest('.table-scroll, .tabs, .extras, svg')).map(e => e.outerHTML.slice(0,"
                    + " 120)).concat(document.documentElement.scrollWidth <= innerWidth ? [] :"
                    + " ['wide'])"))
        .isEqualTo(List.of());
  }
}
