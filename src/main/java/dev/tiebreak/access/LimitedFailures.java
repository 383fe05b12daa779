package dev.tiebreak.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Limits how often an address may fail to show who it is. Whoever has lately shown it from there is
 * let through: somebody's wrong keys lock nobody out who shares the address.
 */
final class LimitedFailures {

  /** Something that tells who somebody is. */
  @FunctionalInterface
  interface Check {
    Authentication authenticate(Authentication credentials) throws AuthenticationException;
  }

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_REMEMBERED = 100_000;

  private final RateLimits failures;
  private final Cache<String, Boolean> good =
      Caffeine.newBuilder()
          .maximumSize(MOST_REMEMBERED)
          .expireAfterAccess(MINUTE.multipliedBy(10))
          .build();

  LimitedFailures(int perMinute) {
    failures = new RateLimits(perMinute, perMinute, MINUTE);
  }

  /**
   * Does the check, unless the address has failed too often.
   *
   * @param secret what was shown
   */
  Authentication check(Authentication credentials, String secret, Check check) {
    String address = address(credentials);
    String known = address + ' ' + Integer.toHexString(secret.hashCode());
    long seconds = good.getIfPresent(known) == null ? failures.secondsLeft(address) : 0;
    if (seconds > 0) {
      throw new TooManyFailures(seconds);
    }
    try {
      Authentication result = check.authenticate(credentials);
      good.put(known, true);
      return result;
    } catch (AuthenticationServiceException unanswered) {
      throw unanswered;
    } catch (AuthenticationException failure) {
      long counted = failures.secondsToWait(address);
      if (counted > 0) {
        throw new TooManyFailures(counted);
      }
      throw failure;
    }
  }

  private static String address(Authentication credentials) {
    return credentials.getDetails() instanceof WebAuthenticationDetails details
        ? details.getRemoteAddress()
        : "";
  }
}
