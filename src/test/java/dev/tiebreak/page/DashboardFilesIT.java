package dev.tiebreak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes into a project and out of it through the browser. */
@IntegrationTest
class DashboardFilesIT {

  private static final double REPLAY_MILLIS = 180_000;

  private final Http http;

  DashboardFilesIT(Http http) {
    this.http = http;
  }

  private static void upload(Page page, List<String> rows) {
    byte[] file = (String.join("\n", rows) + "\n").getBytes(UTF_8);
    page.locator("#upload-file")
        .setInputFiles(new FilePayload("rows.ndjson", "application/x-ndjson", file));
    press(page, "Upload");
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  @ParameterizedTest
  @EnumSource(Visit.Device.class)
  void uploadsAFileAndShowsItsErrorsByRow(Visit.Device device) {
    RemoteProject project = RemoteProject.create(http, "upload", Rows.settings());
    List<String> rows = new Rows(1).of(3, 3);
    List<String> wrong = new ArrayList<>(rows);
    wrong.set(2, rows.get(2).replace("\"embedding\":[", "\"embedding\":[1,"));
    wrong.set(5, rows.get(5).replace("\"promptId\"", "\"prompt_id\""));
    try (Visit visit = Visit.begin(http.service(), device)) {
      Page page = visit.open(project.path("/dashboard#data"));

      upload(page, wrong);

      assertThat(page.locator("#upload-result")).containsText("Nothing was stored.");
      assertThat(page.locator("#upload-errors tbody tr").first()).containsText("3Embedding");
      assertThat(page.locator("#upload-errors tbody tr").first()).containsText("p0-r2");
      assertThat(page.locator("#upload-errors")).containsText("Prompt id");
      Visit.checkAccessibility(page);
      visit.forgive("status of 422");

      upload(page, rows);

      assertThat(page.locator("#upload-result")).containsText("9 created");
      assertThat(page.locator("#upload-errors")).isHidden();
      assertThat(project.json().path("counts").path("responses").asInt()).isEqualTo(9);
      visit.forgive("status of 422");
    }
  }

  @Test
  void importsJudgements() {
    RemoteProject project = RemoteProject.create(http, "import", Rows.settings());
    http.post(
            project.path("/embeddings"),
            "application/x-ndjson",
            String.join("\n", new Rows(1).of(3, 3)))
        .expect(200);
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.open(project.path("/dashboard#data"));
      page.getByText("Judgements made elsewhere").click();

      upload(
          page,
          List.of(
              """
              {"left":"p0-r0","right":"p0-r1","preference":"LEFT","annotator":"ann"}\
              """));

      assertThat(page.locator("#upload-result")).containsText("1 counted");
    }
    assertThat(project.log()).hasSize(1);
  }

  @Test
  void downloadsModelRewardsAndTrainingSets() throws IOException {
    RemoteProject project = RemoteProject.create(http, "download", Rows.settings());
    http.post(
            project.path("/embeddings"),
            "application/x-ndjson",
            String.join("\n", new Rows(1).of(3, 3)))
        .expect(200);
    project.judge(List.of(RemoteProject.judgement("p0-r0", "p0-r1", "LEFT", "ann")));
    project.refit();
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.open(project.path("/dashboard#data"));

      assertThat(file(page, "Model, application/json")).contains("\"weights\"");
      assertThat(file(page, "Model, application/x-npy")).contains("NUMPY");
      assertThat(file(page, "Rewards of all responses, NDJSON").lines()).hasSize(9);
      assertThat(file(page, "Training set, trl")).contains("\"chosen\"");
      assertThat(file(page, "Log of verdicts, NDJSON").lines()).hasSize(1);
    }
  }

  @Test
  void saysWhyThereIsNoModelYet() {
    RemoteProject project = RemoteProject.create(http, "unmodelled", Rows.settings());
    try (Visit visit = Visit.begin(http.service(), Visit.Device.LIGHT)) {
      Page page = visit.open(project.path("/dashboard#data"));
      press(page, "Model, application/json");
      assertThat(page.locator("#download-problem")).containsText("no round yet");
      visit.forgive("status of 404");
    }
  }

  private static String file(Page page, String button) throws IOException {
    Download download = page.waitForDownload(() -> press(page, button));
    assertThat(download.suggestedFilename()).startsWith("download-");
    try (InputStream content = download.createReadStream()) {
      return new String(content.readAllBytes(), UTF_8);
    }
  }

  @ParameterizedTest
  @EnumSource(Visit.Device.class)
  void startsAReplayAndShowsItsCurves(Visit.Device device) {
    RemoteProject project = RemoteProject.create(http, "replayed", Rows.settings());
    http.post(
            project.path("/embeddings"),
            "application/x-ndjson",
            String.join("\n", new Rows(5).of(12, 6)))
        .expect(200);
    try (Visit visit = Visit.begin(http.service(), device)) {
      Page page = visit.open(project.path("/dashboard#replays"));
      page.locator("#replay-labels").fill("a few");
      press(page, "Start the replay");
      assertThat(page.locator("#replay-labels-error")).isVisible();
      visit.forgive("status of 422");

      page.locator("#replay-labels").fill("40");
      page.locator("#replay-seeds").fill("2");
      page.getByLabel("GREEDY_D_OPTIMAL").check();
      page.getByText("More settings of a replay").click();
      page.locator("#replay-batchSizes").fill("10, 20");
      press(page, "Start the replay");

      assertThat(page.locator(".replay .badge"))
          .hasText("done", new LocatorAssertions.HasTextOptions().setTimeout(REPLAY_MILLIS));
      press(page, "Show curves");
      assertThat(page.locator("#figure-replay .line")).hasCount(2);
      assertThat(page.locator("#figure-replay .legend")).containsText("GREEDY_D_OPTIMAL");
      page.locator("#replay-measure").selectOption("accuracy");
      page.locator("#replay-variant")
          .selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(1));
      assertThat(page.locator("#figure-replay .line")).hasCount(2);
      Visit.checkAccessibility(page);
      visit.forgive("status of 422");

      press(page, "Remove");
      press(page, "Remove it and its results?");
      assertThat(page.locator("#replays-empty")).isVisible();
    }
    http.get(project.path("/replays/1")).expect(404, "replay-not-found");
  }
}
