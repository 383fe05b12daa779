package dev.tiebreak.paging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Binds a cursor to the list that gave it, by a checksum of both: one of another list, or one that
 * was changed on its way, is refused rather than read as some place in this list.
 */
final class CursorSeal {

  private static final int LENGTH = 6;

  private CursorSeal() {}

  /**
   * The cursor as it leaves.
   *
   * @param list the path of the list
   */
  static @Nullable String seal(String list, @Nullable String cursor) {
    return cursor == null ? null : cursor + checksum(list, cursor);
  }

  /** The cursor as it was before; refuses what this list has not given. */
  static @Nullable String open(String list, @Nullable String sealed) {
    if (sealed == null) {
      return null;
    }
    int length = sealed.length() - LENGTH;
    if (length < 0 || !sealed.equals(seal(list, sealed.substring(0, length)))) {
      throw Cursor.unknown();
    }
    return sealed.substring(0, length);
  }

  private static String checksum(String list, String cursor) {
    CRC32 checksum = new CRC32();
    checksum.update((list + " " + cursor).getBytes(UTF_8));
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
