package dev.tiebreak.candidate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows for {@code COPY … FROM STDIN (FORMAT binary)} in a buffer that is used again and again. Its
 * format: an 11-byte signature, flags, the length of an extension; each tuple as the number of its
 * fields (int16) and, for each, its length (int32, −1 for null) and its bytes; int16 −1 at the end.
 * All big-endian, but for the embedding, whose bytes are ours.
 */
final class CopyRows {

  private static final byte[] HEADER = "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(ISO_8859_1);
  private static final int FIELDS = 9;
  private static final int NULL = -1;
  private static final int TRAILER = -1;
  private static final byte JSONB_VERSION = 1;
  private static final int FIRST_CAPACITY = 64 * 1024;

  private final UUID uploadId;
  private final long projectId;
  private ByteBuffer buffer = ByteBuffer.allocate(FIRST_CAPACITY);

  CopyRows(UUID uploadId, long projectId) {
    this.uploadId = uploadId;
    this.projectId = projectId;
    clear();
  }

  /** Forgets all rows. */
  void clear() {
    buffer.clear();
    buffer.put(HEADER);
  }

  boolean isEmpty() {
    return buffer.position() == HEADER.length;
  }

  /** Bytes so far. */
  int size() {
    return buffer.position();
  }

  /** Adds a row that was checked. */
  void add(long rowNumber, UploadedRow row) {
    reserve(256).putShort((short) FIELDS);
    buffer.putInt(2 * Long.BYTES);
    buffer.putLong(uploadId.getMostSignificantBits());
    buffer.putLong(uploadId.getLeastSignificantBits());
    buffer.putInt(Long.BYTES).putLong(rowNumber);
    buffer.putInt(Long.BYTES).putLong(projectId);
    addText(row.responseId());
    addText(row.promptId());
    addText(row.prompt());
    addText(row.response());
    addJson(row.metadata());
    addEmbedding(row.embedding());
  }

  private void addText(@Nullable String text) {
    if (text == null) {
      reserve(Integer.BYTES).putInt(NULL);
      return;
    }
    byte[] bytes = text.getBytes(UTF_8);
    reserve(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
  }

  private void addJson(@Nullable String json) {
    if (json == null) {
      reserve(Integer.BYTES).putInt(NULL);
      return;
    }
    byte[] bytes = json.getBytes(UTF_8);
    reserve(Integer.BYTES + 1 + bytes.length).putInt(1 + bytes.length).put(JSONB_VERSION);
    buffer.put(bytes);
  }

  private void addEmbedding(float[] embedding) {
    int length = embedding.length * Float.BYTES;
    reserve(Integer.BYTES + length).putInt(length);
    int begin = buffer.position();
    buffer.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(embedding);
    buffer.order(ByteOrder.BIG_ENDIAN).position(begin + length);
  }

  /** Ends the rows. What is returned is valid until the next call, up to {@link #size()}. */
  byte[] finish() {
    reserve(Short.BYTES).putShort((short) TRAILER);
    return buffer.array();
  }

  private ByteBuffer reserve(int bytes) {
    if (buffer.remaining() < bytes) {
      int position = buffer.position();
      int capacity = Math.max(2 * buffer.capacity(), Math.addExact(position, bytes));
      buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), capacity)).position(position);
    }
    return buffer;
  }
}
