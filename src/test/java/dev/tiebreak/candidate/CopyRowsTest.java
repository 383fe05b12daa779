package dev.tiebreak.candidate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CopyRowsTest {

  private final UUID uploadId = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
  private final CopyRows rows = new CopyRows(uploadId, 42);

  private ByteBuffer finished() {
    byte[] bytes = rows.finish();
    return ByteBuffer.wrap(bytes, 0, rows.size());
  }

  private static byte[] bytes(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }

  private static byte[] field(ByteBuffer buffer) {
    return bytes(buffer, buffer.getInt());
  }

  @Test
  void writesTheFormatOfBinaryCopy() {
    rows.add(7, new UploadedRow("r", "pé", null, "", "{}", new float[] {1, -0.1f}, 2));
    ByteBuffer copy = finished();
    assertThat(HexFormat.of().formatHex(bytes(copy, 19)))
        .isEqualTo("5047434f50590aff0d0a00" + "00000000" + "00000000");
    assertThat(copy.getShort()).isEqualTo((short) 9);
    assertThat(HexFormat.of().formatHex(field(copy))).isEqualTo("00112233445566778899aabbccddeeff");
    assertThat(copy.getInt()).isEqualTo(8);
    assertThat(copy.getLong()).isEqualTo(7);
    assertThat(copy.getInt()).isEqualTo(8);
    assertThat(copy.getLong()).isEqualTo(42);
    assertThat(field(copy)).asString(UTF_8).isEqualTo("r");
    assertThat(field(copy)).asString(UTF_8).isEqualTo("pé");
    assertThat(copy.getInt()).isEqualTo(-1);
    assertThat(field(copy)).isEmpty();
    assertThat(field(copy)).asString(UTF_8).isEqualTo("\u0001{}");
    ByteBuffer embedding = ByteBuffer.wrap(field(copy)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(embedding.remaining()).isEqualTo(8);
    assertThat(embedding.getFloat()).isEqualTo(1f);
    assertThat(embedding.getFloat()).isEqualTo(-0.1f);
    assertThat(copy.getShort()).isEqualTo((short) -1);
    assertThat(copy.hasRemaining()).isFalse();
  }

  @Test
  void growsWithItsRowsAndBeginsAnew() {
    assertThat(rows.isEmpty()).isTrue();
    UploadedRow large =
        new UploadedRow("r", "p", "x".repeat(200_000), null, null, new float[16_384], 16_384);
    for (int i = 1; i <= 20; i++) {
      rows.add(i, large);
    }
    assertThat(rows.size()).isBetween(20 * 265_000, 20 * 266_000);
    assertThat(finished().getShort(rows.size() - 2)).isEqualTo((short) -1);
    rows.clear();
    assertThat(rows.isEmpty()).isTrue();
    assertThat(finished().remaining()).isEqualTo(19 + 2);
  }
}
