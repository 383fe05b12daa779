package dev.tiebreak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.tiebreak.RemoteProject;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The annotator's page of a project, as an annotator uses it. */
record Desk(Page page, RemoteProject project) {

  private static final String SHOWN = ".comparison";

  /** Opens the page as this annotator and waits for the first comparison. */
  static Desk sitDown(Visit visit, RemoteProject project, String annotator) {
    Desk desk = open(visit, project, annotator);
    assertThat(desk.page.locator(SHOWN)).isVisible();
    return desk;
  }

  /** Opens the page as this annotator, whatever it shows. */
  static Desk open(Visit visit, RemoteProject project, String annotator) {
    Page page = visit.open("/annotate/" + project.slug());
    Locator name = page.locator("#name");
    page.locator("#name:visible, #pause:visible, .comparison").first().waitFor();
    if (name.isVisible()) {
      name.fill(annotator);
      name.press("Enter");
    }
    return new Desk(page, project);
  }

  /** The number of the comparison that is shown. */
  String shown() {
    return Objects.requireNonNull(page.locator(SHOWN).getAttribute("data-comparison"));
  }

  /** Presses a key that decides, and waits for the next comparison. */
  void decide(String key) {
    String before = shown();
    page.keyboard().press(key);
    page.locator(SHOWN + ":not([data-comparison=\"" + before + "\"])").waitFor();
  }

  /** What the page tells the annotator. */
  Locator notice() {
    return page.locator("#notice");
  }

  Locator connection() {
    return page.locator("#connection");
  }

  /** Why there is nothing to do. */
  Locator pause() {
    return page.locator("#pause");
  }

  /** A text of the comparison that is shown: {@code left-text}, {@code right-prompt-text}. */
  Locator text(String part) {
    return page.locator("[data-part=" + part + "]");
  }

  /** Waits until the log of verdicts is as it should be; gives it. */
  List<JsonNode> awaitLog(Predicate<List<JsonNode>> enough) {
    for (int i = 0; i < 300; i++) {
      List<JsonNode> log = project.log();
      if (enough.test(log)) {
        return log;
      }
      page.waitForTimeout(100);
    }
    throw new AssertionError("The log never came to what was expected: " + project.log());
  }

  List<JsonNode> awaitLog(int verdicts) {
    return awaitLog(log -> log.size() == verdicts);
  }
}
