package dev.tiebreak.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lets a parser read no more than a row's bytes before the next row begins. A parser reads ahead by
 * its buffer: as much is let through above the limit.
 */
final class RowAllowance extends FilterInputStream {

  private static final int READ_AHEAD = 16 * 1024;

  private final long limit;
  private long left;

  RowAllowance(InputStream in, int rowBytes) {
    super(in);
    limit = (long) rowBytes + READ_AHEAD;
    left = limit;
  }

  /** A row begins. */
  void renew() {
    left = limit;
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
      throw new SpentException();
    }
  }

  /** A row is longer than allowed. */
  static final class SpentException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SpentException() {
      super("row too long", null, false, false);
    }
  }
}
