package dev.tiebreak.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseNameTest {

  private static final String TOKEN = "AAAAAAAAAAAAAAAAAAAAAA";

  @Test
  void namesItsProjectNumberAndTokenByItself() {
    byte[] token = LeaseName.randomToken(new SecureRandom());
    String project = "9" + "-a".repeat(31);
    String text = new LeaseName(project, 999_999_999_999_999_999L, token).text();
    assertThat(text).hasSizeLessThanOrEqualTo(106).matches("[A-Za-z0-9._-]+");
    LeaseName read = LeaseName.parse(text).orElseThrow();
    assertThat(read.project()).isEqualTo(project);
    assertThat(read.number()).isEqualTo(999_999_999_999_999_999L);
    assertThat(read.token()).isEqualTo(token).hasSize(16);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "hh.1",
        "hh.0." + TOKEN,
        "hh.01." + TOKEN,
        "hh.-1." + TOKEN,
        "hh.1000000000000000000." + TOKEN,
        "HH.1." + TOKEN,
        "-h.1." + TOKEN,
        "hh.1." + TOKEN + "A",
        "hh.1.AAAAAAAAAAAAAAAAAAAAA",
        "hh.1.AAAAAAAAAAAAAAAAAAAAA=",
        "hh.1.AAAAAAAAAAAAAAAAAAAAA+",
        "hh.١." + TOKEN,
        " hh.1." + TOKEN,
        "hh.1." + TOKEN + "\n"
      })
  void whatItDidNotWriteIsNoLease(String text) {
    assertThat(LeaseName.parse(text)).isEmpty();
  }
}
