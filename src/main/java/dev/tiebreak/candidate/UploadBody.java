package dev.tiebreak.candidate;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.util.unit.DataSize;

/** A body that may be no longer than a limit, whatever its header says. */
final class UploadBody extends FilterInputStream {

  private final DataSize limit;
  private long left;

  UploadBody(InputStream in, DataSize limit) {
    super(in);
    this.limit = limit;
    left = limit.toBytes();
  }

  /** The refusal of a longer one. */
  static ProblemException tooLarge(DataSize limit) {
    return new ProblemException(
        ProblemType.BODY_TOO_LARGE,
        "The body is longer than " + limit.toBytes() + " bytes: send it in parts");
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    spend(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    spend(Math.max(read, 0));
    return read;
  }

  private void spend(int bytes) {
    left -= bytes;
    if (left < 0) {
      throw tooLarge(limit);
    }
  }
}
