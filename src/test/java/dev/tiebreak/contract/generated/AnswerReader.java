package dev.tiebreak.contract.generated;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiebreak.Answer;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads answers as RFC 9112 frames them. */
final class AnswerReader {

  private static final int LONGEST_LINE = 64 * 1024;

  private final InputStream in;

  private AnswerReader(InputStream in) {
    this.in = in;
  }

  /** An answer, and whether the connection ends with it. */
  record Read(Answer answer, boolean closes) {}

  static Read read(InputStream in, String request, boolean isHead) throws IOException {
    AnswerReader reader = new AnswerReader(in);
    int status = reader.status();
    HttpHeaders headers = reader.headers();
    while (status == 100) {
      status = reader.status();
      headers = reader.headers();
    }
    boolean empty = isHead || status == 204 || status == 304;
    boolean endless =
        headers.firstValue("Transfer-Encoding").isEmpty()
            && headers.firstValue("Content-Length").isEmpty();
    byte[] body = empty ? new byte[0] : reader.body(headers);
    boolean closes =
        headers.allValues("Connection").stream().anyMatch("close"::equalsIgnoreCase)
            || endless && !empty;
    return new Read(new Answer(request, status, headers, body), closes);
  }

  private int status() throws IOException {
    String line = line();
    if (!line.matches("HTTP/1\\.1 [1-5][0-9]{2} ?.*")) {
      throw new IllegalStateException("not a status line: " + line);
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private HttpHeaders headers() throws IOException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IllegalStateException("not a header: " + line);
      }
      headers
          .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  private byte[] body(HttpHeaders headers) throws IOException {
    if (headers.firstValue("Transfer-Encoding").isPresent()) {
      return chunks();
    }
    if (headers.firstValue("Content-Length").isPresent()) {
      return exactly((int) headers.firstValueAsLong("Content-Length").orElseThrow());
    }
    return in.readAllBytes();
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = size(); size > 0; size = size()) {
      body.writeBytes(exactly(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int size() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer is cut off");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0 || line.size() > LONGEST_LINE) {
        throw new EOFException("the answer is cut off after: " + line.toString(ISO_8859_1));
      }
      line.write(read);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }
}
