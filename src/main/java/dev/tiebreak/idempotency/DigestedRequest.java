package dev.tiebreak.idempotency;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A request that tells by a digest whether another one is the same: method, path, query, media type
 * and body. The body is digested while it is read, however long it is.
 */
final class DigestedRequest extends HttpServletRequestWrapper {

  private final MessageDigest digest;
  private @Nullable DigestedStream stream;

  DigestedRequest(HttpServletRequest request) {
    super(request);
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
    for (String part :
        new @Nullable String[] {
          request.getMethod(),
          request.getRequestURI(),
          request.getQueryString(),
          request.getContentType()
        }) {
      digest.update(((part == null ? "" : part) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The digest; reads the rest of the body. To be asked for once. */
  byte[] digest() throws IOException {
    getInputStream().transferTo(OutputStream.nullOutputStream());
    return digest.digest();
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (stream == null) {
      stream = new DigestedStream(super.getInputStream());
    }
    return stream;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  private final class DigestedStream extends ServletInputStream {

    private final ServletInputStream body;

    DigestedStream(ServletInputStream body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      int value = body.read();
      if (value >= 0) {
        digest.update((byte) value);
      }
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = body.read(bytes, offset, length);
      if (count > 0) {
        digest.update(bytes, offset, count);
      }
      return count;
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
