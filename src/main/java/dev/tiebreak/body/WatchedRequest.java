package dev.tiebreak.body;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request that is shown its own body while somebody reads it. */
public abstract class WatchedRequest extends HttpServletRequestWrapper {

  private @Nullable WatchedStream stream;

  protected WatchedRequest(HttpServletRequest request) {
    super(request);
  }

  /** Sees what has just been read, before its reader does; one byte or more. */
  protected abstract void read(byte[] bytes, int offset, int length);

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (stream == null) {
      stream = new WatchedStream(super.getInputStream());
    }
    return stream;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  private final class WatchedStream extends ServletInputStream {

    private final ServletInputStream body;

    WatchedStream(ServletInputStream body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      int value = body.read();
      if (value >= 0) {
        WatchedRequest.this.read(new byte[] {(byte) value}, 0, 1);
      }
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = body.read(bytes, offset, length);
      if (count > 0) {
        WatchedRequest.this.read(bytes, offset, count);
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
