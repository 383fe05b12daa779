package dev.tiebreak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all pages have in common. */
@IntegrationTest
class PageIT {

  private final Http http;

  PageIT(Http http) {
    this.http = http;
  }

  @Test
  void servesFilesThatNeverChangeAndPagesThatAreNeverKept() {
    Answer page = http.page("/").expect(200);
    Set<String> files =
        Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"")
            .matcher(page.text())
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toSet());

    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(files).hasSizeGreaterThan(3);
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page tab = visit.open("/");
      for (String file : files) {
        Response answer = Objects.requireNonNull(tab.navigate(file));
        assertThat(answer.status()).as(file).isEqualTo(200);
        assertThat(answer.headerValue("Cache-Control")).contains("immutable");
      }
      for (String library :
          Set.of("dompurify/purify.es.mjs", "markdown-it/markdown-it.min.js", "diff/diff.min.js")) {
        String path = files.iterator().next().replaceFirst("[^/]+$", "vendor/" + library);
        Response answer = Objects.requireNonNull(tab.navigate(path));
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(answer.headerValue("Content-Type")).contains("javascript");
      }
    }
  }

  @Test
  void answersWithAPageOnlyWhereOneIsPreferred() {
    for (String accept :
        Set.of(
            "*/*", "application/json", "application/json, text/html;q=0.9", "text/*;q=0.5, */*")) {
      assertThat(http.get("/projects", "Accept", accept).expect(200).header("Content-Type"))
          .as(accept)
          .startsWith("application/json");
    }
    assertThat(http.page("/projects").expect(200).header("Content-Type")).startsWith("text/html");
    http.get("/projects/none", "Accept", "*/*").expect(404, "project-not-found");
    http.get("/nothing-here", "Accept", "application/json").expect(404, "path-not-found");
  }

  @ParameterizedTest
  @EnumSource(Visit.Device.class)
  void showsAProblemAsAPage(Visit.Device device) {
    try (Visit visit = Visit.begin(http.service(), device)) {
      Page page = visit.open("/annotate/none-of-this-name");

      assertThat(page.getByRole(AriaRole.HEADING)).hasText("No such project");
      assertThat(page.getByRole(AriaRole.MAIN)).containsText("\"none-of-this-name\"");
      Visit.checkAccessibility(page);

      page.navigate("/projects/hh/nothing-here?limit=1");
      assertThat(page.getByRole(AriaRole.HEADING)).hasText("Nothing is at this path");
      visit.forgive("status of 404");
    }
  }

  @ParameterizedTest
  @EnumSource(Visit.Device.class)
  void offersProjectsToPick(Visit.Device device) {
    RemoteProject project =
        RemoteProject.create(
            http,
            "pick",
            Map.of(
                "dimension", 2, "instructions", "## Prefer the *kinder* <b>answer</b>\n\nAlways."));
    try (Visit visit = Visit.begin(http.service(), device)) {
      Page page = visit.open("/");

      assertThat(page.getByRole(AriaRole.LISTITEM).filter(withText(project.slug())))
          .containsText("Prefer the kinder <b>answer</b>");
      Visit.checkAccessibility(page);

      page.getByRole(AriaRole.LINK, named(project.slug())).click();
      assertThat(page).hasURL(Pattern.compile(".*/annotate/" + project.slug()));
    }
  }

  @Test
  void keepsTheColoursThatWereChosen() {
    try (Visit visit = Visit.begin(http.service(), Visit.Device.DARK)) {
      Page page = visit.open("/");
      Object dark = background(page);

      page.getByRole(AriaRole.BUTTON, named("Colours: like the system")).click();
      Object light = background(page);
      page.reload();

      assertThat(light).isNotEqualTo(dark).isEqualTo(background(page));
    }
  }

  private static Object background(Page page) {
    return page.evaluate("getComputedStyle(document.body).backgroundColor");
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Locator.FilterOptions withText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
