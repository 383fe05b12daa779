package dev.tiebreak.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

class RateLimitsTest {

  @Test
  void countsEachAlone() {
    RateLimits limits = new RateLimits(2, 1, Duration.ofHours(1));
    assertThat(limits.secondsToWait("a")).isZero();
    assertThat(limits.secondsToWait("a")).isZero();
    assertThat(limits.secondsToWait("a")).isBetween(3500L, 3600L);
    assertThat(limits.secondsLeft("a")).isBetween(3500L, 3600L);
    assertThat(limits.secondsLeft("b")).isZero();
    assertThat(limits.secondsToWait("b")).isZero();
  }

  private static Authentication from(String address) {
    UsernamePasswordAuthenticationToken form =
        UsernamePasswordAuthenticationToken.unauthenticated("", "");
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setRemoteAddr(address);
    form.setDetails(new WebAuthenticationDetails(request));
    return form;
  }

  private static Authentication fail(Authentication form) {
    throw new BadCredentialsException("wrong");
  }

  @Test
  void looksAtNoMoreKeysOfAnAddressThatHasFailedTooOften() {
    LimitedFailures failures = new LimitedFailures(2);
    Authentication good = failures.check(from("1"), "good", form -> form);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> failures.check(from("1"), "bad", RateLimitsTest::fail))
          .isInstanceOf(BadCredentialsException.class);
    }
    assertThatThrownBy(() -> failures.check(from("1"), "other", form -> form))
        .isInstanceOf(TooManyFailures.class);
    assertThat(failures.check(from("2"), "other", form -> form)).isNotNull();
    assertThat(failures.check(from("1"), "good", form -> form)).isEqualTo(good);
  }

  @Test
  void doesNotCountWhatNobodyCouldTell() {
    LimitedFailures failures = new LimitedFailures(1);
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() ->
              failures.check(
                  from("1"),
                  "k",
                  form -> {
                    throw new AuthenticationServiceException("down");
                  }))
          .isInstanceOf(AuthenticationServiceException.class);
    }
  }
}
