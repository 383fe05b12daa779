package dev.tiebreak.access;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Tells who sent a key or a token. */
final class BearerAuthentication implements AuthenticationManager {

  private final KeyCheck keys;
  private final AuthenticationManager tokens;

  /**
   * Takes keys and tokens.
   *
   * @param tokens what takes those that are no key
   */
  BearerAuthentication(KeyCheck keys, AuthenticationManager tokens) {
    this.keys = keys;
    this.tokens = tokens;
  }

  @Override
  public Authentication authenticate(Authentication bearer) throws AuthenticationException {
    String text = ((BearerTokenAuthenticationToken) bearer).getToken();
    if (!text.startsWith(KeyToken.PREFIX)) {
      return tokens.authenticate(bearer);
    }
    return keys.find(text)
        .map(ApiKey::principal)
        .orElseThrow(() -> new InvalidBearerTokenException("no such key"));
  }
}
