package dev.tiebreak.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;

/** The same bytes over and over. */
final class Endless extends InputStream {
  private final byte[] repeated;
  private final long most;
  long given;

  Endless(String repeated) {
    this(repeated, Long.MAX_VALUE);
  }

  Endless(String repeated, long most) {
    this.repeated = repeated.getBytes(UTF_8);
    this.most = most;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.min(count, most - given);
    given += skipped;
    return skipped;
  }

  @Override
  public int read() {
    return given >= most ? -1 : repeated[(int) (given++ % repeated.length)] & 0xff;
  }
}
