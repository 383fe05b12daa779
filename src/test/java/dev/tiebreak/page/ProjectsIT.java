package dev.tiebreak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The team's list of projects, and a new one. */
@IntegrationTest
class ProjectsIT {

  private final Http http;

  ProjectsIT(Http http) {
    this.http = http;
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  @ParameterizedTest
  @EnumSource(Visit.Device.class)
  void listsProjectsAndIsEasyToUse(Visit.Device device) {
    RemoteProject project = RemoteProject.create(http, "listed", Map.of("dimension", 2));
    try (Visit visit = Visit.begin(http.service(), device)) {
      Page page = visit.open("/projects");
      Locator more = page.locator("#more-projects");
      assertThat(page.locator("#projects")).hasAttribute("aria-busy", "false");
      Locator card =
          page.getByRole(AriaRole.LISTITEM)
              .filter(new Locator.FilterOptions().setHasText(project.slug()));
      while (more.isVisible() && card.count() == 0) {
        int cards = page.locator("#projects > li").count();
        more.click();
        assertThat(page.locator("#projects > li").nth(cards)).isVisible();
      }

      assertThat(card).containsText("nothing waiting");
      press(page, "New project");
      Visit.checkAccessibility(page);
      assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .isEqualTo(true);

      press(page, "Cancel");
      card.getByRole(AriaRole.LINK).click();
      assertThat(page).hasURL(Pattern.compile(".*/projects/" + project.slug() + "/dashboard"));
    }
  }

  @Test
  void createsAProjectAndShowsTheServicesErrorsAtTheirFields() {
    String name = "formed-" + UUID.randomUUID().toString().substring(0, 8);
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.open("/projects");
      press(page, "New project");
      press(page, "Create project");
      assertThat(page.locator("#create-project-error")).containsText("small letters");
      page.locator("#create-project").fill(name);
      press(page, "Create project");
      assertThat(page.locator("#create-dimension-error")).hasText("is required");
      assertThat(page.locator("#create-dimension")).isFocused();

      page.locator("#create-dimension").fill("many");
      page.getByText("When rounds run, and how long leases last").click();
      page.locator("#create-leaseSeconds").fill("0");
      page.getByText("When rounds run, and how long leases last").click();
      press(page, "Create project");
      assertThat(page.locator("#create-dimension-error")).containsText("whole number");
      assertThat(page.locator("#create-leaseSeconds-error")).isVisible();
      visit.forgive("status of 422");

      page.locator("#create-dimension").fill("4");
      page.locator("#create-leaseSeconds").fill("900");
      page.locator("#create-overlap").fill("2");
      page.locator("#create-verdictCost").fill("0.06");
      page.locator("#create-instructions").fill("Prefer the *kinder* one.");
      page.getByText("How comparisons are chosen").click();
      page.locator("#create-strategy").selectOption("GREEDY_D_OPTIMAL");
      page.locator("#create-seed").fill("9007199254740993");
      page.getByText("The model and its prior").click();
      page.locator("#create-annotatorReliability").fill("AUTO");
      press(page, "Create project");

      assertThat(page).hasURL(Pattern.compile(".*/projects/" + name + "/dashboard#data"));
      visit.forgive("status of 422");
    }
    JsonNode made = http.get("/projects/" + name).expect(200).json();
    assertThat(made.path("dimension").asInt()).isEqualTo(4);
    assertThat(made.path("leaseSeconds").asInt()).isEqualTo(900);
    assertThat(made.path("overlap").asInt()).isEqualTo(2);
    assertThat(made.path("verdictCost").asDouble()).isEqualTo(0.06);
    assertThat(made.path("strategy").asString()).isEqualTo("GREEDY_D_OPTIMAL");
    assertThat(made.path("seed").asLong()).isEqualTo(9007199254740993L);
    assertThat(made.path("annotatorReliability").asString()).isEqualTo("AUTO");
    assertThat(made.path("batchSize").asInt()).isEqualTo(100);
    assertThat(made.path("instructions").asString()).isEqualTo("Prefer the *kinder* one.");
  }

  @Test
  void doesNotReplaceAProjectThatIsThere() {
    RemoteProject project = RemoteProject.create(http, "taken", Map.of("dimension", 2));
    try (Visit visit = Visit.begin(http.service(), Visit.Device.PHONE)) {
      Page page = visit.open("/projects");
      press(page, "New project");
      page.locator("#create-project").fill(project.slug());
      page.locator("#create-dimension").fill("3");
      press(page, "Create project");

      assertThat(page.locator("#create-project-error")).containsText("taken");
    }
    assertThat(project.json().path("dimension").asInt()).isEqualTo(2);
  }
}
