package dev.tiebreak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.tiebreak.AuthenticatedTest;
import dev.tiebreak.Http;
import dev.tiebreak.access.LocalIssuer;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A person's way in and out, as they see it. */
@AuthenticatedTest
class LogInPageIT {

  private final Http http;

  LogInPageIT(Http http) {
    this.http = http;
  }

  private String key(String name) {
    return http.postJson(
            "/keys",
            Map.of("name", name, "roles", List.of("TRAINER")),
            "Authorization",
            "Bearer " + LocalIssuer.adminToken())
        .expect(201)
        .json()
        .path("secret")
        .asString();
  }

  @ParameterizedTest
  @EnumSource(Visit.Device.class)
  void aPersonLogsInSeesWhoTheyAreAndLogsOut(Visit.Device device) {
    String key = key("Ann of the evening shift");
    try (Visit visit = Visit.begin(http.service(), device)) {
      Page page = visit.open("/projects");
      assertThat(page).hasURL(Pattern.compile(".*/login\\?from=%2Fprojects"));
      Visit.checkAccessibility(page);
      Visit.picture(page, "login-" + device);

      logIn(page, key.replaceFirst("....$", "0000"));
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("unknown, expired or revoked");
      Visit.checkAccessibility(page);
      Visit.picture(page, "login-failed-" + device);

      logIn(page, key);
      assertThat(page).hasURL(Pattern.compile(".*/projects"));
      assertThat(banner(page).getByText("Ann of the evening shift")).isVisible();
      Visit.checkAccessibility(page);
      Visit.picture(page, "logged-in-" + device);

      button(page, "Log out").click();
      assertThat(page.getByRole(AriaRole.STATUS)).hasText("You have logged out.");
      Visit.checkAccessibility(page);
      page.navigate("/projects");
      assertThat(page).hasURL(Pattern.compile(".*/login\\?from=%2Fprojects"));
    }
  }

  private static void logIn(Page page, String key) {
    page.getByLabel("Your key").fill(key);
    button(page, "Log in").click();
  }

  private static Locator banner(Page page) {
    return page.getByRole(AriaRole.BANNER);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }
}
