package dev.tiebreak.access;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The page on which people log in. It works without scripts. */
@Controller
@ConditionalOnAuthentication
class LogInController {

  private final boolean byIssuer;

  LogInController(AccessProperties access) {
    byIssuer = !access.oidc().clientId().isBlank();
  }

  @GetMapping(path = WayBack.LOG_IN, produces = MediaType.TEXT_HTML_VALUE)
  String page(
      HttpServletRequest request,
      Model model,
      @RequestParam @Nullable String from,
      @RequestParam @Nullable String error,
      @RequestParam @Nullable String logout) {
    CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
    String back = WayBack.of(from);
    model.addAttribute("token", token.getToken());
    model.addAttribute("from", back);
    model.addAttribute("failure", LogInFailure.ofName(error).orElse(null));
    model.addAttribute("loggedOut", error == null && logout != null);
    model.addAttribute("issuer", byIssuer ? start(back) : null);
    return "login";
  }

  private static String start(String back) {
    return UriComponentsBuilder.fromPath(IssuerLogIn.START)
        .queryParam(WayBack.FROM, "{from}")
        .build(back)
        .toString();
  }
}
