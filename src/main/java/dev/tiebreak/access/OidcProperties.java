package dev.tiebreak.access;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose tokens (JWT) the service takes, and what it reads in them.
 *
 * @param issuer the issuer's URL, as its tokens name it; empty: no tokens
 * @param audience what tokens must name as theirs; required with the issuer
 * @param nameClaim the claim that names the principal, who is also the annotator
 * @param rolesClaim the claim with the roles, an array or one text with spaces; {@code a.b} is the
 *     claim b in the object a
 * @param projectsClaim the claim with the names of the projects, {@code *} for all; none where it
 *     is missing
 * @param clientId the client by which people log in to the pages; empty: by key only
 * @param clientSecret its secret
 */
record OidcProperties(
    @DefaultValue("") String issuer,
    @DefaultValue("") String audience,
    @DefaultValue("sub") String nameClaim,
    @DefaultValue("roles") String rolesClaim,
    @DefaultValue("projects") String projectsClaim,
    @DefaultValue("") String clientId,
    @DefaultValue("") String clientSecret) {

  OidcProperties {
    if (!issuer.isBlank() && audience.isBlank()) {
      throw new IllegalArgumentException(
          "TIEBREAK_OIDC_AUDIENCE is needed beside TIEBREAK_OIDC_ISSUER: otherwise a token that the"
              + " issuer made for another service would be good here");
    }
    if (issuer.isBlank() && !clientId.isBlank()) {
      throw new IllegalArgumentException("TIEBREAK_OIDC_CLIENT_ID needs TIEBREAK_OIDC_ISSUER");
    }
  }

  boolean isOn() {
    return !issuer.isBlank();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "OidcProperties[issuer=" + issuer + ", audience=" + audience + "]";
  }
}
