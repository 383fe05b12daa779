package dev.tiebreak.access;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The page on which people log in. It needs no script and no style. */
@RestController
@ConditionalOnAuthentication
class LogInController {

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>Log in · Tiebreak</title>
        </head>
        <body>
          <main>
            <h1>Log in to Tiebreak</h1>
            %s
            <form method="post" action="/login">
              <input type="hidden" name="_csrf" value="%s">
              <input type="hidden" name="from" value="%s">
              <p><label for="key">Your key</label></p>
              <p><input id="key" name="key" type="password" required autocomplete="current-password"
                        maxlength="200" autofocus></p>
              <p><button type="submit">Log in</button></p>
            </form>
            %s
          </main>
        </body>
      </html>
      """;

  private static final String FAILED =
      "<p role=\"alert\">This key is unknown, expired or revoked; or there were too many wrong"
          + " ones.</p>";
  private static final String LOGGED_OUT = "<p role=\"status\">You have logged out.</p>";
  private static final String BY_ISSUER =
      "<p><a href=\"" + IssuerLogIn.START + "\">Log in with your organisation's account</a></p>";

  private final boolean byIssuer;

  LogInController(AccessProperties access) {
    byIssuer = !access.oidc().clientId().isBlank();
  }

  @GetMapping(path = "/login", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<String> page(
      HttpServletRequest request,
      @RequestParam @Nullable String from,
      @RequestParam @Nullable String error,
      @RequestParam @Nullable String logout) {
    CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(
            PAGE.formatted(
                error != null ? FAILED : logout != null ? LOGGED_OUT : "",
                HtmlUtils.htmlEscape(token.getToken()),
                HtmlUtils.htmlEscape(WayBack.of(from)),
                byIssuer ? BY_ISSUER : ""));
  }
}
