package dev.tiebreak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Deciding, in a real browser. */
@IntegrationTest
class AnnotateIT {

  private final Http http;

  AnnotateIT(Http http) {
    this.http = http;
  }

  private RemoteProject project(String name, Map<String, ?> settings) {
    return DemoProject.create(http, name, settings);
  }

  @Test
  void annotatesFiftyComparisonsByKeyboardAlone() {
    RemoteProject project = project("fifty", Map.of("pairing", "ANY", "batchSize", 60));
    Map<String, String> keys =
        Map.of(
            "ArrowLeft", "LEFT", "2", "RIGHT", "t", "TIE", "b", "BOTH_BAD", "ArrowRight", "RIGHT");
    List<String> order = List.copyOf(keys.keySet());
    List<String> said = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Desk desk = Desk.sitDown(visit, project, "ann");
      for (int i = 0; i < 50; i++) {
        String key = order.get(i % order.size());
        shown.add(desk.shown());
        said.add(keys.get(key));
        desk.decide(key);
      }
      List<JsonNode> log = desk.awaitLog(50);

      assertThat(log.stream().map(row -> row.path("preference").asString()))
          .containsExactlyElementsOf(said);
      assertThat(log.stream().map(row -> row.path("comparison").asString()))
          .containsExactlyElementsOf(shown);
      assertThat(log)
          .allMatch(row -> row.path("outcome").asString().equals("COUNTED"))
          .allMatch(row -> row.path("annotator").asString().equals("ann"))
          .allMatch(row -> row.path("durationMs").asLong(-1) >= 0);
      assertThat(desk.page().locator("[data-figure=visit]")).hasText("50");
      assertThat(desk.page().locator("[data-figure=today]")).hasText("50");
    }
  }

  @Test
  void showsTheSidesAsTheLeaseHasThem() {
    RemoteProject project = project("sides", Map.of("pairing", "CROSS_PROMPT"));
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Desk desk = Desk.sitDown(visit, project, "ann");
      JsonNode item = project.next("ann", 1).getFirst();

      assertThat(desk.shown()).isEqualTo(item.path("comparison").asString());
      for (String side : List.of("left", "right")) {
        desk.page().keyboard().press("p");
        assertThat(desk.text(side + "-text").locator(".plain"))
            .hasText(item.path(side).path("response").asString());
        assertThat(desk.text(side + "-prompt-text"))
            .containsText(item.path(side).path("prompt").asString());
      }
      assertThat(desk.page().getByText("Two different prompts")).isVisible();
    }
  }

  @Test
  void undoShowsTheLastOneAgainAndRevisesIt() {
    RemoteProject project = project("undo", Map.of());
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Desk desk = Desk.sitDown(visit, project, "ann");
      String first = desk.shown();
      desk.decide("1");
      String second = desk.shown();
      desk.page().keyboard().press("u");

      assertThat(desk.notice()).containsText("You said “Left is better”");
      assertThat(desk.shown()).isEqualTo(first);
      desk.decide("2");
      assertThat(desk.shown()).isEqualTo(second);
      List<JsonNode> log = desk.awaitLog(2);
      assertThat(log.getLast().path("outcome").asString()).isEqualTo("REVISED");
      assertThat(log.getLast().path("preference").asString()).isEqualTo("RIGHT");
      assertThat(desk.notice()).containsText("Your verdict was changed.");
    }
  }

  @Test
  void tellsThatAFitHasUsedAVerdictAlready() {
    RemoteProject project = project("fitted", Map.of());
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Desk desk = Desk.sitDown(visit, project, "ann");
      desk.decide("1");
      desk.awaitLog(1);
      project.refit();
      desk.page().keyboard().press("u");
      desk.decide("2");

      assertThat(desk.notice()).containsText("The model has learned from that verdict already");
      assertThat(project.log()).hasSize(1);
      visit.forgive("status of 409");
    }
  }

  @Test
  void takesConfidenceAndANoteAndDecidesNothingWhileItIsWritten() {
    RemoteProject project = project("note", Map.of());
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Desk desk = Desk.sitDown(visit, project, "ann");
      String first = desk.shown();
      desk.page().keyboard().press("c");
      desk.page().keyboard().press("c");
      desk.page().keyboard().press("n");
      desk.page().keyboard().type("both 1 and 2 tie, but s");
      assertThat(desk.shown()).isEqualTo(first);
      desk.page().keyboard().press("Escape");
      desk.decide("ArrowRight");
      desk.decide("ArrowRight");

      List<JsonNode> log = desk.awaitLog(2);
      assertThat(log.getFirst().path("confidence").asDouble()).isEqualTo(0.5);
      assertThat(log.getFirst().path("comment").asString()).isEqualTo("both 1 and 2 tie, but s");
      assertThat(log.getLast().path("confidence").isNull()).isTrue();
      assertThat(log.getLast().path("comment").isNull()).isTrue();
    }
  }

  @Test
  void worksByTouchAndPointer() {
    RemoteProject project = project("touch", Map.of());
    try (Visit visit = Visit.begin(http.service(), Visit.Device.PHONE)) {
      Desk desk = Desk.sitDown(visit, project, "ann");
      String first = desk.shown();
      button(desk.page(), "Both bad").tap();
      assertThat(desk.page().locator(".comparison")).not().hasAttribute("data-comparison", first);
      button(desk.page(), "Left is better").click();

      assertThat(desk.awaitLog(2).stream().map(row -> row.path("preference").asString()))
          .containsExactly("BOTH_BAD", "LEFT");
    }
  }

  @Test
  void marksDifferencesAndScrollsTogetherOrAlone() {
    String long1 = "Same beginning.\n\n" + "A line of the left one.\n\n".repeat(80);
    String long2 = "Same beginning.\n\n" + "Another line of the right one.\n\n".repeat(160);
    RemoteProject project =
        DemoProject.create(
            http,
            "long",
            Map.of(),
            List.of(
                DemoProject.row("p", "Write much.", long1, 0),
                DemoProject.row("p", "Write much.", long2, 1)));
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = Desk.sitDown(visit, project, "ann").page();
      page.keyboard().press("d");
      assertThat(page.locator("#spoken")).hasText(Pattern.compile("\\d+ differences"));
      assertThat((Integer) page.evaluate("CSS.highlights.get('difference').size")).isPositive();

      page.keyboard().press("PageDown");
      assertThat(page.locator(".side-left .side-text")).not().hasJSProperty("scrollTop", 0);
      assertThat(page.locator(".side-right .side-text")).not().hasJSProperty("scrollTop", 0);
      Object right = page.evaluate("document.querySelector('.side-right .side-text').scrollTop");
      page.keyboard().press("l");
      page.keyboard().press("PageDown");
      page.waitForTimeout(200);
      assertThat(page.evaluate("document.querySelector('.side-right .side-text').scrollTop"))
          .isEqualTo(right);
    }
  }

  @Test
  void neitherAPauseNorAHiddenPageCounts() {
    RemoteProject project = project("time", Map.of());
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.context().newPage();
      page.clock().install();
      page.addInitScript("localStorage.setItem('tiebreak.annotator', 'ann')");
      page.navigate("/annotate/" + project.slug());
      Desk desk = new Desk(page, project);
      page.locator(".comparison").waitFor();
      page.clock().fastForward("05:00");
      desk.decide("1");
      Visit.hide(page, true);
      page.clock().fastForward("00:40");
      Visit.hide(page, false);
      desk.decide("1");

      List<JsonNode> log = desk.awaitLog(2);
      assertThat(log.getFirst().path("durationMs").asLong()).isBetween(60_000L, 62_000L);
      assertThat(log.getLast().path("durationMs").asLong()).isLessThan(30_000L);
    }
  }

  @ParameterizedTest
  @EnumSource(Visit.Device.class)
  void isEasyToUseForEverybody(Visit.Device device) {
    RemoteProject project = project("everyday", Map.of("overlap", 3));
    RemoteProject across = project("across", Map.of("pairing", "CROSS_PROMPT"));
    String name = device.name().toLowerCase(Locale.ROOT);
    try (Visit visit = Visit.begin(http.service(), device)) {
      Desk desk = Desk.sitDown(visit, project, "ann");
      Visit.checkAccessibility(desk.page());
      desk.page().keyboard().press("i");
      desk.decide("t");
      desk.page().keyboard().press("u");
      assertThat(desk.notice()).isVisible();
      Visit.checkAccessibility(desk.page());
      Visit.picture(desk.page(), "annotate-" + name);
      desk.page().keyboard().press("?");
      assertThat(desk.page().getByRole(AriaRole.DIALOG)).isVisible();
      Visit.checkAccessibility(desk.page());

      Desk other = Desk.sitDown(visit, across, "ann");
      Visit.checkAccessibility(other.page());
      Visit.picture(other.page(), "across-" + name);
    }
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }
}
