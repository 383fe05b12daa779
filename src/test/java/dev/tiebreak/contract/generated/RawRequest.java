package dev.tiebreak.contract.generated;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a request.
 *
 * @param pieces with a pause after each but the last
 * @param ends whether the stream to the service is ended thereafter
 * @param alone whether the connection is not used again
 */
record RawRequest(List<byte[]> pieces, boolean ends, boolean alone) {

  private static final int MOST_CHUNKS = 6;

  /** A request in one piece; its length is told unless it is null. */
  static RawRequest whole(byte[] head, @Nullable Integer length, byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head);
    if (length != null) {
      bytes.writeBytes(ascii("Content-Length: " + length + "\r\n"));
    }
    bytes.writeBytes(ascii("\r\n"));
    bytes.writeBytes(body);
    return new RawRequest(List.of(bytes.toByteArray()), false, false);
  }

  /** A request whose body comes in chunks, with or without the last one that ends it. */
  static RawRequest chunked(byte[] head, byte[] body, Draws draws, boolean complete) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head);
    bytes.writeBytes(ascii("Transfer-Encoding: chunked\r\n\r\n"));
    for (byte[] chunk : cut(body, draws)) {
      bytes.writeBytes(ascii(Integer.toHexString(chunk.length) + draws.of("", ";a=b") + "\r\n"));
      bytes.writeBytes(chunk);
      bytes.writeBytes(ascii("\r\n"));
    }
    if (complete) {
      bytes.writeBytes(ascii(draws.of("0\r\n\r\n", "0\r\nX-Trailer: a\r\n\r\n")));
    }
    return new RawRequest(List.of(bytes.toByteArray()), false, false);
  }

  private static List<byte[]> cut(byte[] bytes, Draws draws) {
    List<byte[]> cut = new ArrayList<>();
    int start = 0;
    while (start < bytes.length) {
      int end =
          cut.size() == MOST_CHUNKS ? bytes.length : start + 1 + draws.below(bytes.length - start);
      cut.add(Arrays.copyOfRange(bytes, start, end));
      start = end;
    }
    return cut;
  }

  /** The same in a few pieces. */
  RawRequest slowly(Draws draws) {
    return new RawRequest(cut(bytes(), draws), ends, alone);
  }

  /** The same with the stream's end after it. */
  RawRequest thenEnd() {
    return new RawRequest(pieces, true, true);
  }

  /** The same on a connection that is not used again. */
  RawRequest byItself() {
    return new RawRequest(pieces, ends, true);
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    pieces.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
