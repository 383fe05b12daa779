package dev.tiebreak.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.web.util.WebUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who is on the way by the issuer. What they must bring back, such as the state and the nonce, is
 * kept in a cookie of their browser, so that any replica takes them in and nothing is stored for
 * somebody who is not known yet.
 */
final class PendingLogIn implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

  private static final String COOKIE = "TIEBREAK_PENDING";
  private static final String PATH = "/login/oauth2/code/";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final IssuerClient issuer;
  private final JsonMapper json = JsonMapper.shared();

  PendingLogIn(IssuerClient issuer) {
    this.issuer = issuer;
  }

  /**
   * What is kept.
   *
   * @param attributes the nonce and the verifier of the code (PKCE), which the issuer gets as
   *     hashes
   * @param from the page that somebody wanted
   */
  private record Kept(
      String state, String redirectUri, Map<String, String> attributes, String from) {

    /** Whether nothing is missing, as it may be of one that is made up. */
    boolean isWhole() {
      return Stream.of(state, redirectUri, attributes, from).allMatch(Objects::nonNull);
    }
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
    return kept(request)
        .filter(kept -> kept.state().equals(request.getParameter("state")))
        .map(this::asked)
        .orElse(null);
  }

  private OAuth2AuthorizationRequest asked(Kept kept) {
    ClientRegistration client = issuer.registration();
    return OAuth2AuthorizationRequest.authorizationCode()
        .authorizationUri(String.valueOf(client.getProviderDetails().getAuthorizationUri()))
        .clientId(client.getClientId())
        .scopes(client.getScopes())
        .state(kept.state())
        .redirectUri(kept.redirectUri())
        .attributes(attributes -> attributes.putAll(kept.attributes()))
        .build();
  }

  private Optional<Kept> kept(HttpServletRequest request) {
    @Nullable Cookie cookie = WebUtils.getCookie(request, COOKIE);
    if (cookie == null) {
      return Optional.empty();
    }
    try {
      byte[] text = Base64.getUrlDecoder().decode(cookie.getValue());
      return Optional.ofNullable(json.readValue(text, Kept.class)).filter(Kept::isWhole);
    } catch (IllegalArgumentException | JacksonException madeUp) {
      return Optional.empty();
    }
  }

  @Override
  public void saveAuthorizationRequest(
      @Nullable OAuth2AuthorizationRequest asked,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (asked == null) {
      send(request, response, "", Duration.ZERO);
      return;
    }
    Map<String, String> attributes = new TreeMap<>();
    asked.getAttributes().forEach((name, value) -> attributes.put(name, String.valueOf(value)));
    Kept kept =
        new Kept(
            String.valueOf(asked.getState()),
            String.valueOf(asked.getRedirectUri()),
            attributes,
            WayBack.wanted(request));
    String text =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(json.writeValueAsString(kept).getBytes(UTF_8));
    send(request, response, text, PATIENCE);
  }

  /** Each is good once; where it leads back to is left with the request. */
  @Override
  public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
      HttpServletRequest request, HttpServletResponse response) {
    OAuth2AuthorizationRequest asked = loadAuthorizationRequest(request);
    kept(request).ifPresent(kept -> WayBack.want(request, kept.from()));
    send(request, response, "", Duration.ZERO);
    return asked;
  }

  /** Lax, as the issuer sends people back. */
  private static void send(
      HttpServletRequest request, HttpServletResponse response, String text, Duration age) {
    ResponseCookie cookie =
        ResponseCookie.from(COOKIE, text)
            .path(PATH)
            .httpOnly(true)
            .secure(request.isSecure())
            .sameSite("Lax")
            .maxAge(age)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }
}
