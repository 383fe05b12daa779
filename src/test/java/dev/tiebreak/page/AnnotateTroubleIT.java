package dev.tiebreak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import dev.tiebreak.WrittenContract;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What else happens at the annotator's desk: lost lines, lost leases, other tabs, hostile texts,
 * nothing to do.
 */
@IntegrationTest
class AnnotateTroubleIT {

  private static final String LINE_LOST = "ERR_INTERNET_DISCONNECTED";

  private final Http http;

  AnnotateTroubleIT(Http http) {
    this.http = http;
  }

  @Test
  void keepsVerdictsWhileTheLineIsLostAndSendsThemInOrder() {
    RemoteProject project = DemoProject.create(http, "offline", Map.of());
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Desk desk = Desk.sitDown(visit, project, "ann");
      List<String> shown = new ArrayList<>();
      desk.decide("t");
      desk.awaitLog(1);
      desk.page().waitForTimeout(500);
      visit.context().setOffline(true);
      for (String key : List.of("1", "2", "b")) {
        shown.add(desk.shown());
        desk.decide(key);
      }
      assertThat(desk.connection()).hasText("Offline, 3 verdicts waiting");
      List<String> warnings = new ArrayList<>();
      desk.page()
          .onDialog(dialog -> {
            warnings.add(dialog.type());
            dialog.dismiss();
          });
      desk.page().close(new Page.CloseOptions().setRunBeforeUnload(true));
      desk.page().waitForTimeout(500);
      assertThat(warnings).containsExactly("beforeunload");
      assertThat(project.log()).hasSize(1);

      visit.context().setOffline(false);
      List<JsonNode> log = desk.awaitLog(4).subList(1, 4);
      assertThat(log.stream().map(row -> row.path("preference").asString()))
          .containsExactly("LEFT", "RIGHT", "BOTH_BAD");
      assertThat(log.stream().map(row -> row.path("comparison").asString()))
          .containsExactlyElementsOf(shown);
      assertThat(desk.connection()).hasText("");
      visit.forgive(LINE_LOST);
    }
  }

  @Test
  void sendsWhatAnEarlierVisitLeft() {
    RemoteProject project = DemoProject.create(http, "left", Map.of());
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Desk desk = Desk.sitDown(visit, project, "ann");
      visit.context().setOffline(true);
      desk.page().keyboard().press("t");
      assertThat(desk.connection()).hasText("Offline, 1 verdict waiting");
      desk.page().close();
      visit.context().setOffline(false);

      assertThat(project.log()).isEmpty();
      Desk.sitDown(visit, project, "ann").awaitLog(1);
      visit.forgive(LINE_LOST);
    }
  }

  @Test
  void sendsAVerdictAgainUnderItsKeyUntilItIsAcknowledged() {
    RemoteProject project = DemoProject.create(http, "again", Map.of());
    List<String> keys = new ArrayList<>();
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Desk desk = Desk.sitDown(visit, project, "ann");
      visit
          .context()
          .route(
              "**/verdicts",
              route -> {
                keys.add(Objects.requireNonNull(route.request().headerValue("Idempotency-Key")));
                if (keys.size() == 1) {
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setStatus(503)
                          .setHeaders(Map.of("Retry-After", "1")));
                } else {
                  route.resume();
                }
              });
      desk.decide("1");
      desk.awaitLog(1);

      assertThat(keys).hasSize(2).allMatch(keys.getFirst()::equals);
      assertThat(keys.getFirst()).hasSize(32);
      visit.forgive("status of 503");
    }
  }

  @Test
  void explainsALeaseThatRanOut() {
    RemoteProject project = DemoProject.create(http, "late", Map.of("leaseSeconds", 3));
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Desk desk = Desk.sitDown(visit, project, "ann");
      String shown = desk.shown();
      visit.context().setOffline(true);
      assertThat(desk.notice()).containsText("The time for this comparison has run out");
      for (JsonNode item : project.next("ben", 20)) {
        project.answer(item, "TIE");
      }
      visit.context().setOffline(false);
      desk.page().keyboard().press("1");

      assertThat(desk.notice()).containsText("somebody else had answered, so it does not count");
      JsonNode late = desk.awaitLog(log -> outcome(log.getLast()).equals("LATE")).getLast();
      assertThat(late.path("comparison").asString()).isEqualTo(shown);
      assertThat(late.path("counted").asBoolean()).isFalse();
      visit.forgive(LINE_LOST);
    }
  }

  @Test
  void prolongsTheLeaseWhileSomebodyIsAtIt() {
    RemoteProject project = DemoProject.create(http, "renewed", Map.of("leaseSeconds", 4));
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Desk desk = Desk.sitDown(visit, project, "ann");
      desk.page().waitForTimeout(7_000);
      desk.page().keyboard().press("1");

      assertThat(outcome(desk.awaitLog(1).getFirst())).isEqualTo("COUNTED");
    }
  }

  private static String outcome(JsonNode verdict) {
    return verdict.path("outcome").asString();
  }

  @Test
  void twoTabsOfOneAnnotatorShowDifferentComparisons() {
    RemoteProject project = DemoProject.create(http, "tabs", Map.of());
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Desk one = Desk.sitDown(visit, project, "ann");
      Desk other = Desk.sitDown(visit, project, "ann");
      List<String> shown = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        for (Desk desk : List.of(one, other)) {
          shown.add(desk.shown());
          desk.decide("t");
        }
      }

      assertThat(shown).doesNotHaveDuplicates();
      assertThat(one.awaitLog(10)).allMatch(row -> outcome(row).equals("COUNTED"));
    }
  }

  @Test
  void runsNothingThatAResponseBrings() {
    String attack =
        """
        <script>window.broken = 1</script> <img src=x onerror="window.broken = 2">
        <iframe srcdoc="<script>parent.broken = 3</script>"></iframe> <svg onload="window.broken = 4">
        <a href="javascript:window.broken = 5" onclick="window.broken = 6">raw</a>

        [one](javascript:window.broken=7) [two](data:text/html,x) [three](https://example.org/ "title")
        [four](mailto:a@example.org) [five](//example.org/x) [six](JaVaScRiPt:1) ![pic](https://example.org/pic.png)
        <https://example.org/"onmouseover="window.broken=8>
        """;
    String nasty =
        "w".repeat(20_000)
            + "\n\n"
            + "\u202Eright to left\u202C שלום עולם \u001B[31mred\u001B[0m null undefined NaN"
            + " {{7*7}} ${7*7}\n\n"
            + ">".repeat(2_000)
            + "[".repeat(5_000)
            + "\n\n|a|b|\n|-|-|\n|<b onclick=x>|`</td>`|";
    RemoteProject project =
        DemoProject.create(
            http,
            "attack",
            Map.of("instructions", attack),
            List.of(
                DemoProject.row("p", attack, attack, 0), DemoProject.row("p", attack, nasty, 1)));
    try (Visit visit = Visit.begin(http.service(), Visit.Device.PHONE)) {
      Page page = Desk.sitDown(visit, project, "ann").page();

      assertThat(
              page.locator("#stage")
                  .locator("script, img, iframe, svg, [onclick], [onerror], [style]"))
          .hasCount(0);
      assertThat(page.locator("#stage")).containsText("<script>window.broken = 1</script>");
      assertThat(page.locator("#stage")).containsText("␛[31mred");
      List<?> links =
          (List<?>)
              page.evaluate(
                  "[...document.querySelectorAll('main .text a')].map(a => a.protocol + a.rel)");
      assertThat(links)
          .isNotEmpty()
          .allSatisfy(link ->
              assertThat((String) link).matches("(https?|mailto):noopener noreferrer nofollow"));
      page.keyboard().press("d");
      page.keyboard().press("p");
      assertThat(page.evaluate("typeof window.broken")).isEqualTo("undefined");
      assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .isTrue();
    }
  }

  @Test
  void showsResponsesThatHaveNoText() {
    RemoteProject project =
        DemoProject.create(
            http,
            "untold",
            Map.of(),
            List.of(DemoProject.row("p", null, null, 0), DemoProject.row("p", null, "", 1)));
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = Desk.sitDown(visit, project, "ann").page();

      assertThat(page.locator("#stage"))
          .containsText("No text was uploaded for this response; its name is r0.");
      assertThat(page.locator("#stage")).containsText("This text is empty.");
    }
  }

  @Test
  void saysInWordsWhyThereIsNothingAndGoesOnByItself() {
    RemoteProject project = RemoteProject.create(http, "empty", Map.of("dimension", 4));
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Desk desk = Desk.open(visit, project, "ann");
      assertThat(desk.pause()).containsText("Nothing has been uploaded yet");
      Visit.checkAccessibility(desk.page());

      project.upload(
          List.of(
              DemoProject.row("p", "Why?", "So.", 0), DemoProject.row("p", "Why?", "Because.", 1)));
      project.refit();
      assertThat(desk.page().locator(".comparison")).isVisible();
      desk.page().keyboard().press("s");
      assertThat(desk.pause()).containsText("You have answered all that is open");
    }
  }

  @Test
  void hasWordsForEveryReason() {
    List<?> names = reasons();
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.open("/");
      String assets =
          Objects.requireNonNull(page.locator("link[rel=stylesheet]").getAttribute("href"));
      for (Object name : names) {
        if (name != null) {
          Object title =
              page.evaluate(
                  "([path, name]) => import(path).then(words => words.reason(name).title)",
                  List.of(assets.replace("style.css", "annotate/words.js"), name.toString()));
          assertThat(title).as(name.toString()).isNotEqualTo("Nothing to do right now");
        }
      }
      assertThat(names).hasSizeGreaterThan(8);
    }
  }

  private static List<?> reasons() {
    Schema<?> answer =
        Objects.requireNonNull(
            WrittenContract.document().getComponents().getSchemas().get("NextBatch"));
    Schema<?> reason = (Schema<?>) Objects.requireNonNull(answer.getProperties().get("reason"));
    return reason.getEnum();
  }

  @Test
  void waitsWhereTheServiceIsBusyAndStopsWhereTheProjectIsGone() {
    RemoteProject project = DemoProject.create(http, "gone", Map.of());
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      visit
          .context()
          .route(
              "**/next-batch?*",
              route ->
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setStatus(503)
                          .setHeaders(Map.of("Retry-After", "1"))
                          .setContentType("application/problem+json")
                          .setBody(
                              "{\"detail\": \"The database does not answer at the moment\"}")));
      Desk desk = Desk.open(visit, project, "ann");
      assertThat(desk.pause()).containsText("The service is busy");
      visit.context().unroute("**/next-batch?*");
      assertThat(desk.page().locator(".comparison")).isVisible();

      http.delete(project.path() + "?confirm=" + project.slug()).expect(204);
      desk.page().keyboard().press("1");
      assertThat(desk.pause()).containsText("This project is no more");
      visit.forgive("status of 503");
      visit.forgive("status of 404");
    }
  }
}
