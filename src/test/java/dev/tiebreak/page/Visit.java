package dev.tiebreak.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A person's visit in a browser of their own. It ends with a check that no page asked another host
 * for anything, broke its content security policy, or threw an error; what is expected of these is
 * taken out by {@link #forgive}.
 */
final class Visit implements AutoCloseable {

  /** How a person looks at pages. */
  enum Device {
    LIGHT(1280, 800, ColorScheme.LIGHT, false),
    DARK(1280, 800, ColorScheme.DARK, false),
    PHONE(390, 844, ColorScheme.LIGHT, true);

    private final int width;
    private final int height;
    private final ColorScheme colours;
    private final boolean touch;

    Device(int width, int height, ColorScheme colours, boolean touch) {
      this.width = width;
      this.height = height;
      this.colours = colours;
      this.touch = touch;
    }
  }

  static final double PATIENCE_MILLIS = 30_000;

  private final URI service;
  private final BrowserContext context;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private Visit(URI service, Device device) {
    this.service = service;
    context =
        Chromium.BROWSER.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(service.toString())
                .setViewportSize(device.width, device.height)
                .setColorScheme(device.colours)
                .setHasTouch(device.touch)
                .setIsMobile(device.touch)
                .setDeviceScaleFactor(device.touch ? 2 : 1));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.addInitScript(
        "addEventListener('securitypolicyviolation',"
            + " e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))");
    context.onRequest(request -> {
      URI asked = URI.create(request.url());
      if (asked.getHost() != null && !asked.getAuthority().equals(service.getAuthority())) {
        complaints.add("asked another host: " + request.url());
      }
    });
    context.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add("console: " + message.text());
      }
    });
    context.onWebError(error -> complaints.add("error: " + error.error()));
  }

  static Visit begin(URI service, Device device) {
    return new Visit(service, device);
  }

  /** Opens a page in a tab of its own. */
  Page open(String path) {
    Page page = context.newPage();
    page.navigate(path);
    return page;
  }

  /** Opens a page in a tab of its own, by way of the log-in. */
  Page logIn(String key, String path) {
    Page page = open("/login?from=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
    show(page, key);
    forgive("status of 401"); // browsers ask for a picture that a page of no style does not name
    return page;
  }

  /** Shows a key where a page asks for one, and waits for what it opens. */
  static void show(Page page, String key) {
    page.locator("input[name=key]").fill(key);
    page.keyboard().press("Enter");
    page.waitForURL(url -> !url.contains("/login"));
  }

  BrowserContext context() {
    return context;
  }

  /** Complaints that have these words in them were to be expected. */
  void forgive(String words) {
    complaints.removeIf(complaint -> complaint.contains(words));
  }

  /** Fails where axe-core finds the page as it is now hard to use for anybody. */
  static void checkAccessibility(Page page) {
    List<Rule> violations = new AxeBuilder(page).analyze().getViolations();
    assertThat(violations.stream().map(Visit::words)).isEmpty();
  }

  private static String words(Rule rule) {
    return rule.getId()
        + ": "
        + rule.getHelp()
        + rule.getNodes().stream().map(node -> "\n  " + node.getHtml()).toList();
  }

  /** Lets a page think that it is hidden, or seen. */
  static void hide(Page page, boolean hidden) {
    page.evaluate(
        "hidden => {Object.defineProperty(document, 'hidden', {get: () => hidden, configurable:"
            + " true}); document.dispatchEvent(new Event('visibilitychange'));}",
        hidden);
  }

  /** Keeps a picture under {@code target/pages/}, for people to look at. */
  static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "pages", name + ".png"))
            .setFullPage(false));
  }

  /** What the pages did that they should not have, so far. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    context.close();
    assertThat(complaints).as("what the pages of %s did", service).isEmpty();
  }
}
