package dev.tiebreak.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class UploadBodyTest {

  private static InputStream body(int bytes) {
    byte[] spaces = new byte[bytes];
    Arrays.fill(spaces, (byte) ' ');
    return new UploadBody(new ByteArrayInputStream(spaces), DataSize.ofBytes(1000));
  }

  @Test
  void letsABodyUpToTheLimitPass() throws IOException {
    assertThat(body(1000).readAllBytes()).hasSize(1000);
    assertThat(body(0).read()).isEqualTo(-1);
  }

  @Test
  void refusesALongerOneWhileItIsRead() {
    ProblemException byBlocks =
        catchThrowableOfType(ProblemException.class, () -> body(1001).readAllBytes());
    assertThat(byBlocks.type()).isEqualTo(ProblemType.BODY_TOO_LARGE);
    ProblemException whileParsed =
        catchThrowableOfType(
            ProblemException.class,
            () -> new NdjsonCodec().read(body(1_000_000), new RowIntake(1, row -> {})));
    assertThat(whileParsed.type()).isEqualTo(ProblemType.BODY_TOO_LARGE);
    ProblemException inArray =
        catchThrowableOfType(
            ProblemException.class,
            () -> new JsonCodec().read(body(1_000_000), new RowIntake(1, row -> {})));
    assertThat(inArray.type()).isEqualTo(ProblemType.BODY_TOO_LARGE);
  }
}
