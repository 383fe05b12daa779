package dev.tiebreak.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

class TokenAuthenticationTest {

  private final LocalIssuer issuer = new LocalIssuer();
  private final AuthenticationManager tokens = TokenAuthentication.of(issuer.properties());

  @AfterEach
  void closeIssuer() {
    issuer.close();
  }

  private KnownPrincipal known(String token) {
    return (KnownPrincipal) tokens.authenticate(new BearerTokenAuthenticationToken(token));
  }

  private void refused(String token) {
    assertThatThrownBy(() -> known(token)).isInstanceOf(InvalidBearerTokenException.class);
  }

  private void refused(UnaryOperator<JWTClaimsSet.Builder> change) {
    refused(issuer.token(change));
  }

  @Test
  void readsWhoItIsWithWhichRolesAndProjects() {
    KnownPrincipal known =
        known(
            issuer.token(
                Map.of("roles", List.of("TRAINER", "OBSERVER"), "projects", List.of("hh", "sh"))));
    assertThat(known.getName()).isEqualTo("ann");
    assertThat(known.getAuthorities())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("ROLE_TRAINER", "ROLE_OBSERVER", "PROJECT_hh", "PROJECT_sh");
  }

  @Test
  void grantsNothingThatIsNotSaid() {
    KnownPrincipal known = known(issuer.token(Map.of("roles", "admin root TRAINERS")));
    assertThat(known.getAuthorities()).isEmpty();
    assertThat(known.covers("hh")).isFalse();
  }

  @Test
  void readsTextsWithSpacesAndAStarForAllProjects() {
    KnownPrincipal known = known(issuer.token(Map.of("roles", "ADMIN TRAINER", "projects", "*")));
    assertThat(known.getAuthorities())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("ROLE_ADMIN", "ROLE_TRAINER", "PROJECT_*");
  }

  @Test
  void readsClaimsWithinClaims() {
    OidcProperties nested =
        new OidcProperties(
            issuer.url(), LocalIssuer.AUDIENCE, "email", "realm.roles", "projects", "", "");
    String token =
        issuer.token(
            Map.of("realm", Map.of("roles", List.of("ANNOTATOR")), "email", "ann@example.org"));
    KnownPrincipal known =
        (KnownPrincipal)
            TokenAuthentication.of(nested).authenticate(new BearerTokenAuthenticationToken(token));
    assertThat(known.getName()).isEqualTo("ann@example.org");
    assertThat(known.getAuthorities()).extracting(Object::toString).containsOnly("ROLE_ANNOTATOR");
  }

  @Test
  void refusesTokensForAnotherService() {
    refused(claims -> claims.audience("another-service"));
    refused(claims -> claims.audience(List.of()));
    assertThat(known(issuer.token(claims -> claims.audience(List.of("x", "tiebreak")))).getName())
        .isEqualTo("ann");
  }

  @Test
  void refusesAnotherIssuer() {
    refused(claims -> claims.issuer("http://127.0.0.1:1"));
    refused(claims -> claims.issuer(null));
  }

  @Test
  void refusesTokensOutOfTheirTime() {
    Instant now = Instant.now();
    refused(claims -> claims.expirationTime(Date.from(now.minusSeconds(120))));
    refused(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(120))));
  }

  @Test
  void refusesTokensThatNameNobody() {
    refused(claims -> claims.subject(null));
    refused(claims -> claims.subject(" "));
    refused(claims -> claims.subject("x".repeat(201)));
  }

  @Test
  void refusesWhatTheIssuerDidNotSign() throws JOSEException {
    refused(issuer.token(LocalIssuer.newKey("current"), claims -> claims));
    refused(issuer.token(LocalIssuer.newKey("unknown"), claims -> claims));
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer.url())
            .audience(LocalIssuer.AUDIENCE)
            .subject("ann")
            .expirationTime(Date.from(Instant.now().plusSeconds(300)))
            .build();
    refused(new PlainJWT(claims).serialize());
    SignedJWT shared = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    shared.sign(new MACSigner("a secret that is long enough to sign with"));
    refused(shared.serialize());
    refused("no.token.atall");
  }

  @Test
  void doesNotCallATokenBadWhereTheIssuerDoesNotAnswer() {
    issuer.answers(false);
    String token = issuer.token(Map.of("roles", "ADMIN"));
    assertThatThrownBy(() -> known(token)).isInstanceOf(AuthenticationServiceException.class);
    issuer.answers(true);
    assertThat(known(token).getName()).isEqualTo("ann");
  }

  @Test
  void takesNoTokensWithoutAnIssuer() {
    AuthenticationManager none =
        TokenAuthentication.of(new OidcProperties("", "", "sub", "roles", "projects", "", ""));
    String token = issuer.token(Map.of());
    assertThatThrownBy(() -> none.authenticate(new BearerTokenAuthenticationToken(token)))
        .isInstanceOf(InvalidBearerTokenException.class);
  }

  @Test
  void wantsAnAudienceBesideTheIssuer() {
    assertThatThrownBy(
            () -> new OidcProperties(issuer.url(), " ", "sub", "roles", "projects", "", ""))
        .hasMessageContaining("TIEBREAK_OIDC_AUDIENCE");
  }
}
