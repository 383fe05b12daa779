package dev.tiebreak.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.ModelAndView;

class RateLimitFilterTest {

  private static final int FAR_TOO_MANY = 100_000;

  private final List<Exception> told = new ArrayList<>();
  private final RateLimitFilter filter =
      new RateLimitFilter(
          1,
          new AccessProblems(
              (request, response, handler, exception) -> {
                told.add(exception);
                return new ModelAndView();
              },
              address -> {}));

  @AfterEach
  void forgetWhoItIs() {
    SecurityContextHolder.clearContext();
  }

  private MockHttpServletResponse send(String path, String address)
      throws ServletException, IOException {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
    request.setRemoteAddr(address);
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter.doFilter(request, response, new MockFilterChain());
    return response;
  }

  private MockHttpServletResponse sendUntilRefused() throws ServletException, IOException {
    for (int i = 0; i < FAR_TOO_MANY; i++) {
      MockHttpServletResponse response = send("/projects", "10.0.0.1");
      if (!told.isEmpty()) {
        return response;
      }
    }
    throw new AssertionError("never refused");
  }

  @Test
  void refusesOneTooManyAndSaysWhenToGoOn() throws ServletException, IOException {
    assertThat(sendUntilRefused().getHeader("Retry-After")).isEqualTo("1");
    assertThat(told)
        .singleElement()
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS));
  }

  @Test
  void countsNeitherProbesNorOthers() throws ServletException, IOException {
    sendUntilRefused();
    told.clear();
    send("/livez", "10.0.0.1");
    send("/projects", "10.0.0.2");
    assertThat(told).isEmpty();
  }

  @Test
  void countsKeysAndNotTheirAddresses() throws ServletException, IOException {
    sendUntilRefused();
    told.clear();
    SecurityContextHolder.getContext()
        .setAuthentication(
            new KnownPrincipal("ann", KnownPrincipal.KEY + "a", Set.of(Role.ANNOTATOR), null));
    send("/projects", "10.0.0.1");
    assertThat(told).isEmpty();
  }
}
