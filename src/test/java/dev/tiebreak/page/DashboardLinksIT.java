package dev.tiebreak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every figure leads to the call that gives it. */
@IntegrationTest
class DashboardLinksIT {

  private static final double REPLAY_MILLIS = 180_000;

  private final Http http;

  DashboardLinksIT(Http http) {
    this.http = http;
  }

  private RemoteProject project() {
    RemoteProject project = Rows.judged(http, "linked");
    http.postJson(
            project.path("/replays"),
            Map.of("strategies", List.of("RANDOM"), "labels", 20, "seeds", 1))
        .expect(202);
    return project;
  }

  @Test
  void everyLinkLeadsSomewhere() {
    RemoteProject project = project();
    Set<String> links = new TreeSet<>();
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.open(project.path("/dashboard"));
      for (String section :
          List.of("overview", "rounds", "annotators", "replays", "data", "settings")) {
        page.locator(".tabs a[href='#" + section + "']").click();
        assertThat(page.locator("#live")).hasText("Live");
        if (section.equals("rounds")) {
          assertThat(page.locator("#figure-map .edge")).not().hasCount(0);
        } else if (section.equals("replays")) {
          assertThat(page.locator(".replay .badge"))
              .hasText("done", new LocatorAssertions.HasTextOptions().setTimeout(REPLAY_MILLIS));
          page.getByText("Show curves").click();
          assertThat(page.locator("#figure-replay .line")).hasCount(1);
        }
        assertThat(page.locator("#" + section + " .api-link").first()).isVisible();
        assertThat(page.locator("#" + section + " figure:visible:not(:has(.api-link))"))
            .hasCount(0);
        links.addAll(Links.of(page));
      }

      assertThat(links)
          .contains(
              project.path("/batches/2/map"),
              project.path("/refits/1"),
              project.path("/replays/1/charts/picks"),
              project.path("/export?format=trl"),
              "/annotate/" + project.slug())
          .hasSizeGreaterThan(20);
      Links.walk(page, links);
      page.navigate("/projects");
      Links.walk(page, Links.of(page));
    }
  }
}
