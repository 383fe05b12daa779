package dev.tiebreak.candidate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Fuzz;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.Refusals;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

class PackedEmbeddingFuzzTest {

  /** The numbers that a client packs are the numbers that are stored. */
  @Fuzz
  void base64IsReadAsItsNumbersOrRefused(byte[] bytes) {
    String body =
        "{\"promptId\":\"p\",\"responseId\":\"r\",\"embedding\":\"%s\"}"
            .formatted(Base64.getEncoder().encodeToString(bytes));
    List<UploadedRow> rows = new ArrayList<>();
    try {
      new NdjsonCodec()
          .read(
              new ByteArrayInputStream(body.getBytes(UTF_8)),
              new RowIntake(FuzzedUpload.DIMENSION, rows::add));
    } catch (ProblemException refused) {
      Refusals.assertOfRows(refused, "");
      assertThat(refused.errors().getFirst().pointer()).isEqualTo("/0/embedding");
      assertThat(isRight(bytes)).isFalse();
      return;
    }
    ByteBuffer packed = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : rows.getFirst().embedding()) {
      assertThat(Float.floatToIntBits(number)).isEqualTo(packed.getInt());
    }
    assertThat(packed.hasRemaining()).isFalse();
  }

  private static boolean isRight(byte[] bytes) {
    ByteBuffer packed = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.length == FuzzedUpload.DIMENSION * Float.BYTES
        && Float.isFinite(packed.getFloat())
        && Float.isFinite(packed.getFloat());
  }
}
