package dev.tiebreak.body;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a stream that are not blank, in a buffer no longer than the longest line allowed. A
 * line ends with LF or CRLF; the last one may end with the stream.
 */
final class Lines {

  private static final int FIRST_CAPACITY = 64 * 1024;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final int longest;
  private byte[] buffer;
  // the line is [start, end), what was read beyond it [next, filled)
  private int start;
  private int end;
  private int next;
  private int filled;
  private long number;
  private boolean overlong;

  Lines(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
    // one more for the LF
    buffer = new byte[Math.min(FIRST_CAPACITY, longest + 1)];
  }

  /** Moves to the next line that is not blank; false where there is none. */
  boolean next() throws IOException {
    while (nextLine()) {
      skipMark();
      if (overlong || !isBlank()) {
        return true;
      }
    }
    return false;
  }

  /** A stream may begin with a byte order mark, as some editors write it. */
  private void skipMark() {
    if (number == 1
        && end - start >= MARK.length
        && Arrays.equals(buffer, start, start + MARK.length, MARK, 0, MARK.length)) {
      start += MARK.length;
    }
  }

  private boolean nextLine() throws IOException {
    start = next;
    overlong = false;
    number++;
    int searched = 0;
    while (true) {
      int lineFeed = indexOfLineFeed(start + searched);
      if (lineFeed >= 0) {
        end = lineFeed;
        next = lineFeed + 1;
        return true;
      }
      dropIfOverlong();
      searched = filled - start;
      if (!fill()) {
        end = filled;
        next = filled;
        return overlong || start < end;
      }
    }
  }

  private int indexOfLineFeed(int from) {
    for (int i = from; i < filled; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void dropIfOverlong() {
    if (filled - start > longest) {
      overlong = true;
      start = filled;
    }
  }

  /** Reads more behind what is there of the line; false at the end of the stream. */
  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
      start = 0;
    }
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, longest + 1L));
    }
    int read = in.read(buffer, filled, buffer.length - filled);
    filled += Math.max(read, 0);
    return read >= 0;
  }

  private boolean isBlank() {
    for (int i = start; i < end; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  /** The line's number, from 1, counting blank ones. */
  long number() {
    return number;
  }

  /** Whether the line is longer than allowed; its bytes are then gone. */
  boolean isOverlong() {
    return overlong;
  }

  /** What holds the line until the next is asked for. */
  byte[] buffer() {
    return buffer;
  }

  int offset() {
    return start;
  }

  int length() {
    return end - start;
  }
}
