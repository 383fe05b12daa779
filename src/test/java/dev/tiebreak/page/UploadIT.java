package dev.tiebreak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Files on their way into the service: dropped, on a slow line, stopped. */
@IntegrationTest
class UploadIT {

  private static final int LONG_TEXT = 190_000;

  private final Http http;

  UploadIT(Http http) {
    this.http = http;
  }

  private static int responses(RemoteProject project) {
    return project.json().path("counts").path("responses").asInt();
  }

  @Test
  void takesAFileThatIsDroppedAndNoPageForIt() {
    RemoteProject project = RemoteProject.create(http, "dropped", Rows.settings());
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.open(project.path("/dashboard#data"));
      JSHandle file =
          page.evaluateHandle(
              "text => {const data = new DataTransfer(); data.items.add(new File([text],"
                  + " 'dropped.ndjson')); return data;}",
              String.join("\n", new Rows(1).of(3, 3)));

      page.dispatchEvent("#drop", "dragover", Map.of("dataTransfer", file));
      assertThat(page.locator("#drop")).hasClass("drop over");
      page.dispatchEvent("#drop", "drop", Map.of("dataTransfer", file));
      assertThat(page.locator("#drop")).hasClass("drop");
      assertThat(page.locator("#upload-chosen")).hasText(Pattern.compile("dropped\\.ndjson, .+"));
      page.locator("#upload-start").click();

      assertThat(page.locator("#upload-result")).containsText("9 created");
      assertThat(page).hasURL(Pattern.compile(".*/dashboard#data"));
    }
    assertThat(responses(project)).isEqualTo(9);
  }

  private static void slowLine(CDPSession line, int bytesPerSecond) {
    JsonObject limits = new JsonObject();
    limits.addProperty("offline", false);
    limits.addProperty("latency", 0);
    limits.addProperty("downloadThroughput", -1);
    limits.addProperty("uploadThroughput", bytesPerSecond);
    line.send("Network.emulateNetworkConditions", limits);
  }

  @Test
  void showsHowFarItIsOnASlowLineAndCanBeStopped() {
    RemoteProject project = RemoteProject.create(http, "slow", Rows.settings());
    List<String> rows = new ArrayList<>();
    for (String row : new Rows(1).of(3, 3)) {
      rows.add(row.replace("It is", "It is " + "long ".repeat(LONG_TEXT / 5)));
    }
    byte[] file = String.join("\n", rows).getBytes(StandardCharsets.UTF_8);
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.open(project.path("/dashboard#data"));
      CDPSession line = visit.context().newCDPSession(page);
      line.send("Network.enable");
      slowLine(line, 200_000);
      page.locator("#upload-file")
          .setInputFiles(new FilePayload("long.ndjson", "application/x-ndjson", file));
      page.locator("#upload-start").click();

      assertThat(page.locator("#upload-words"))
          .hasText(Pattern.compile("[0-9.]+ k?M?B of 1\\.7 MB sent"));
      double first = share(page);
      page.waitForFunction("first => document.getElementById('upload-bar').value > first", first);
      assertThat(share(page)).isBetween(0.01, 0.99);
      assertThat(page.locator("#upload-start")).isDisabled();
      Visit.checkAccessibility(page);
      page.locator("#upload-stop").click();

      assertThat(page.locator("#upload-result")).hasText("Stopped. Nothing was stored.");
      assertThat(page.locator("#upload-progress")).isHidden();
      assertThat(page.locator("#upload-start")).isFocused();
      assertThat(responses(project)).isZero();

      slowLine(line, -1);
      page.locator("#upload-start").click();
      assertThat(page.locator("#upload-result")).containsText("9 created");
      visit.forgive("ERR_ABORTED");
    }
  }

  private static double share(Page page) {
    return ((Number) page.evaluate("document.getElementById('upload-bar').value")).doubleValue();
  }
}
