package dev.tiebreak.access;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Takes a key where a form has it as the password. */
final class KeyLogIn implements AuthenticationProvider {

  private final KeyCheck keys;
  private final @Nullable LimitedFailures failures;

  /**
   * Takes keys.
   *
   * @param failures null: without limit
   */
  KeyLogIn(KeyCheck keys, @Nullable LimitedFailures failures) {
    this.keys = keys;
    this.failures = failures;
  }

  @Override
  public Authentication authenticate(Authentication form) {
    String text = String.valueOf(form.getCredentials()).strip();
    return failures == null ? known(text) : failures.check(form, text, credentials -> known(text));
  }

  private Authentication known(String text) {
    return keys.find(text)
        .map(ApiKey::principal)
        .orElseThrow(() -> new BadCredentialsException("no such key"));
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }
}
