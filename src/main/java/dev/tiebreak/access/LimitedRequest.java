package dev.tiebreak.access;

import dev.tiebreak.body.WatchedRequest;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** A request whose body ends in a problem where it exceeds a limit. */
final class LimitedRequest extends WatchedRequest {

  private final long maxBytes;
  private long read;

  LimitedRequest(HttpServletRequest request, long maxBytes) {
    super(request);
    this.maxBytes = maxBytes;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (getContentLengthLong() > maxBytes) {
      throw tooLarge();
    }
    return super.getInputStream();
  }

  @Override
  protected void read(byte[] bytes, int offset, int length) {
    read += length;
    if (read > maxBytes) {
      throw tooLarge();
    }
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        ProblemType.BODY_TOO_LARGE,
        "The body is longer than " + maxBytes + " bytes: send it in parts");
  }
}
