package dev.tiebreak.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class LimitedRequestTest {

  private static LimitedRequest request(int bytes, boolean announced) {
    MockHttpServletRequest request =
        new MockHttpServletRequest() {
          @Override
          public long getContentLengthLong() {
            return announced ? bytes : -1;
          }
        };
    request.setContent(new byte[bytes]);
    return new LimitedRequest(request, 1000);
  }

  private static void assertTooLarge(ThrowingRead read) {
    assertThatThrownBy(read::read)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.BODY_TOO_LARGE));
  }

  private interface ThrowingRead {
    void read() throws IOException;
  }

  @Test
  void letsABodyUpToTheLimitPass() throws IOException {
    assertThat(request(1000, true).getInputStream().readAllBytes()).hasSize(1000);
    assertThat(request(1000, false).getInputStream().readAllBytes()).hasSize(1000);
    assertThat(request(0, false).getInputStream().read()).isEqualTo(-1);
    assertThat(request(1000, false).getReader().readLine()).hasSize(1000);
  }

  @Test
  void refusesAnAnnouncedLongerOneUnread() {
    assertTooLarge(() -> request(1001, true).getInputStream());
    assertTooLarge(() -> request(1001, true).getReader());
  }

  @Test
  void refusesALongerOneWhileItIsRead() throws IOException {
    InputStream blocks = request(1001, false).getInputStream();
    assertTooLarge(blocks::readAllBytes);
    InputStream bytes = request(1001, false).getInputStream();
    assertThat(bytes.readNBytes(999)).hasSize(999);
    assertThat(bytes.read()).isZero();
    assertTooLarge(bytes::read);
    assertTooLarge(() -> request(1001, false).getReader().readLine());
  }
}
