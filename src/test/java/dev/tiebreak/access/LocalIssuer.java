package dev.tiebreak.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An issuer of tokens on loopback: its metadata, its public key, tokens signed with it, and the
 * log-in of {@link LocalPeople}.
 */
public final class LocalIssuer implements AutoCloseable {

  static final String AUDIENCE = "tiebreak";

  /** The one that the service of tests with authentication trusts. */
  static final LocalIssuer TRUSTED = new LocalIssuer();

  /** Has a service trust {@link #TRUSTED}. */
  public static final class Initializer
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      TestPropertyValues.of(
              "tiebreak.access.oidc.issuer=" + TRUSTED.url(),
              "tiebreak.access.oidc.audience=" + AUDIENCE,
              "tiebreak.access.oidc.client-id=" + LocalPeople.CLIENT)
          .applyTo(context);
    }
  }

  private final HttpServer server;
  private final RSAKey key;
  private final LocalPeople people;
  private volatile boolean answers = true;

  LocalIssuer() {
    try {
      key = newKey("current");
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
    serve(
        "/.well-known/openid-configuration",
        """
        {"issuer": "%1$s", "jwks_uri": "%1$s/keys", "authorization_endpoint": "%1$s/authorize",
         "token_endpoint": "%1$s/token", "userinfo_endpoint": "%1$s/userinfo",
         "subject_types_supported": ["public"],
         "response_types_supported": ["code"], "id_token_signing_alg_values_supported": ["RS256"]}
        """
            .formatted(url()));
    serve("/keys", new JWKSet(key.toPublicJWK()).toString());
    people = new LocalPeople(this, server);
    server.start();
  }

  static RSAKey newKey(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException exception) {
      throw new IllegalStateException(exception);
    }
  }

  private void serve(String path, String json) {
    server.createContext(path, exchange -> answer(exchange, json));
  }

  private void answer(HttpExchange exchange, String json) throws IOException {
    answer(exchange, answers ? 200 : 503, json);
  }

  /** Answers with JSON. */
  static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Whether it answers from now on. */
  void answers(boolean whether) {
    answers = whether;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Whoever logs in there. */
  LocalPeople people() {
    return people;
  }

  OidcProperties properties() {
    return new OidcProperties(url(), AUDIENCE, "sub", "roles", "projects", "", "");
  }

  /** A token of somebody who may do all, at the service of tests with authentication. */
  public static String adminToken() {
    return TRUSTED.token(Map.of("sub", "admin", "roles", "ADMIN", "projects", "*"));
  }

  /** A good token with these claims beside the usual ones. */
  String token(Map<String, Object> claims) {
    return token(builder -> {
      claims.forEach(builder::claim);
      return builder;
    });
  }

  /** A token that is good but for what is changed. */
  String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return token(key, change);
  }

  /** A token signed with this key. */
  String token(RSAKey signer, UnaryOperator<JWTClaimsSet.Builder> change) {
    Instant now = Instant.now();
    JWTClaimsSet claims =
        change
            .apply(
                new JWTClaimsSet.Builder()
                    .issuer(url())
                    .audience(AUDIENCE)
                    .subject("ann")
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plusSeconds(300))))
            .build();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(signer.getKeyID()).build(), claims);
    try {
      token.sign(new RSASSASigner(signer));
    } catch (JOSEException exception) {
      throw new IllegalStateException(exception);
    }
    return token.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
