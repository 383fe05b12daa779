package dev.tiebreak.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** What one annotator did and was told: on disk before a request is sent, and after its answer. */
final class Journal implements AutoCloseable {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** What a line tells of. */
  enum Kind {
    /** A comparison was shown: a lease was given. */
    SHOWN,
    /** A verdict is about to be sent. */
    ATTEMPT,
    /** A verdict was acknowledged. */
    ACKNOWLEDGED,
    /** A lease is about to be given back. */
    GIVE_BACK
  }

  /**
   * A line.
   *
   * @param at milliseconds of the clock that all annotators share; of something shown, when it was
   *     asked for
   * @param lease the lease's number
   * @param comparison 0 where the line does not name it
   * @param preference of a verdict
   * @param outcome of an acknowledged verdict
   * @param verdict its number in the log
   */
  record Line(
      long at,
      Kind kind,
      String annotator,
      long lease,
      long comparison,
      String preference,
      String outcome,
      long verdict,
      boolean counted) {}

  private final FileChannel channel;

  private Journal(FileChannel channel) {
    this.channel = channel;
  }

  static Journal open(Path file) throws IOException {
    return new Journal(
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /** Appends the lines, and returns when they are on disk. */
  void append(List<Line> lines) throws IOException {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(MAPPER.writeValueAsString(line)).append('\n'));
    ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(false);
  }

  /** The lines of all journals in a directory, by their time. */
  static List<Line> readAll(Path directory) throws IOException {
    List<Line> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.readAllLines(file).forEach(text -> lines.add(MAPPER.readValue(text, Line.class)));
      }
    }
    lines.sort(java.util.Comparator.comparingLong(Line::at));
    return lines;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
