package dev.tiebreak.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * The log-in of {@link LocalIssuer}, as OpenID Connect describes the authorization code flow with
 * PKCE for a public client: whoever comes is the person that a test has set, and is sent back with
 * a code that is good once.
 */
final class LocalPeople {

  static final String CLIENT = "tiebreak-pages";

  private final LocalIssuer issuer;
  private final JsonMapper json = new JsonMapper();
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private volatile Map<String, Object> userInfo = Map.of("sub", "ann");
  private volatile UnaryOperator<JWTClaimsSet.Builder> change = claims -> claims;

  LocalPeople(LocalIssuer issuer, HttpServer server) {
    this.issuer = issuer;
    server.createContext("/authorize", this::authorize);
    server.createContext("/token", this::token);
    server.createContext("/userinfo", this::userInfo);
  }

  /** Whoever comes from now on has these claims, in the id token. */
  void come(Map<String, Object> claims) {
    come(claims, token -> token);
  }

  /** As before, with an id token that is changed. */
  void come(Map<String, Object> claims, UnaryOperator<JWTClaimsSet.Builder> change) {
    this.userInfo = Map.of("sub", claims.getOrDefault("sub", "ann"));
    this.change =
        token -> {
          claims.forEach(token::claim);
          return change.apply(token);
        };
  }

  /** What is told over the user info beside who it is. */
  void tell(Map<String, Object> more) {
    userInfo = more;
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
    require(exchange, "response_type", "code", asked);
    require(exchange, "client_id", CLIENT, asked);
    require(exchange, "code_challenge_method", "S256", asked);
    String code = UUID.randomUUID().toString();
    codes.put(code, asked);
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            asked.get("redirect_uri")
                + "?code="
                + code
                + "&state="
                + URLEncoder.encode(asked.get("state"), UTF_8));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> sent =
        parameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    Map<String, String> asked = codes.remove(sent.getOrDefault("code", ""));
    if (asked == null
        || !"authorization_code".equals(sent.get("grant_type"))
        || !Objects.equals(asked.get("redirect_uri"), sent.get("redirect_uri"))
        || !CLIENT.equals(sent.get("client_id"))
        || !challenge(sent.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"))) {
      LocalIssuer.answer(exchange, 400, "{\"error\": \"invalid_grant\"}");
      return;
    }
    String idToken =
        issuer.token(
            token -> change.apply(token.audience(CLIENT).claim("nonce", asked.get("nonce"))));
    LocalIssuer.answer(
        exchange,
        200,
        json.writeValueAsString(
            Map.of(
                "access_token",
                "opaque",
                "token_type",
                "Bearer",
                "expires_in",
                300,
                "scope",
                "openid profile",
                "id_token",
                idToken)));
  }

  private void userInfo(HttpExchange exchange) throws IOException {
    boolean known = "Bearer opaque".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    LocalIssuer.answer(exchange, known ? 200 : 401, json.writeValueAsString(userInfo));
  }

  private static void require(
      HttpExchange exchange, String name, String value, Map<String, String> asked)
      throws IOException {
    if (!value.equals(asked.get(name))) {
      LocalIssuer.answer(exchange, 400, "{\"error\": \"invalid_request\"}");
      throw new IOException(name + " is " + asked.get(name));
    }
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Map<String, String> parameters(String text) {
    return Arrays.stream(text.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> URLDecoder.decode(pair[0], UTF_8),
                pair -> URLDecoder.decode(pair[1], UTF_8)));
  }
}
