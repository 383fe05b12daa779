package dev.tiebreak.idempotency;

import dev.tiebreak.body.WatchedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A request that tells by a digest whether another one is the same: method, path, query, media type
 * and body. The body is digested while it is read, however long it is.
 */
final class DigestedRequest extends WatchedRequest {

  private final MessageDigest digest;

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
  protected void read(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }
}
