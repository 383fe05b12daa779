package dev.tiebreak.simulation;

import dev.tiebreak.simulation.Contract.Result;
import dev.tiebreak.simulation.Contract.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file with a line for every verdict that the service has acknowledged, on disk before the next
 * one is given: what must be in the service's log whatever happens to either.
 */
final class Journal implements AutoCloseable {

  /**
   * An acknowledged verdict.
   *
   * @param verdict its number in the service's log; null where it was refused
   */
  record Line(
      String project,
      String annotator,
      String lease,
      Preference preference,
      @Nullable String verdict,
      String outcome,
      boolean counted) {

    static Line of(String project, Verdict verdict, Result result) {
      return new Line(
          project,
          verdict.annotator(),
          verdict.lease(),
          verdict.preference(),
          result.verdict(),
          result.outcome(),
          result.counted());
    }
  }

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Path file;
  private final FileChannel channel;

  private Journal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Opens a journal for appending; a torn last line is closed first, so that it stays alone. */
  static Journal open(Path file) {
    try {
      String before = Files.exists(file) ? Files.readString(file) : "";
      boolean torn = !before.isEmpty() && !before.endsWith("\n");
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      if (torn) {
        channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
      }
      return new Journal(file, channel);
    } catch (IOException e) {
      throw new SimulationException(file + " can't be written: " + e.getMessage(), e);
    }
  }

  /** Appends lines and syncs them to the disk. */
  synchronized void append(List<Line> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Line line : lines) {
      bytes.writeBytes(MAPPER.writeValueAsBytes(line));
      bytes.write('\n');
    }
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(false);
    } catch (IOException e) {
      throw new SimulationException(file + " can't be written: " + e.getMessage(), e);
    }
  }

  /** All whole lines. A torn one was never finished, so nothing depends on it. */
  static List<Line> read(Path file) {
    List<Line> lines = new ArrayList<>();
    try {
      String text = Files.readString(file);
      text.lines().forEach(line -> parse(line).ifPresent(lines::add));
      if (lines.isEmpty() && !text.isBlank()) {
        throw new SimulationException(file + " is not a journal of acknowledged verdicts");
      }
    } catch (NoSuchFileException e) {
      throw new SimulationException(file + " doesn't exist", e);
    } catch (IOException e) {
      throw new SimulationException(file + " can't be read: " + e.getMessage(), e);
    }
    return lines;
  }

  private static Optional<Line> parse(String line) {
    try {
      return Optional.of(MAPPER.readValue(line, Line.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new SimulationException(file + " can't be closed: " + e.getMessage(), e);
    }
  }
}
