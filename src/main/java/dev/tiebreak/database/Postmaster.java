package dev.tiebreak.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server process as its {@code postmaster.pid} describes it.
 *
 * @param process its number
 * @param port where it listens
 */
record Postmaster(long process, int port) {

  private static final Logger log = LoggerFactory.getLogger(Postmaster.class);
  private static final int PROCESS_LINE = 0;
  private static final int PORT_LINE = 3;

  /** Above the greatest number that Linux gives. */
  private static final String NO_PROCESS = "4194305";

  /**
   * The living server of {@code cluster}.
   *
   * <p>A file whose number meanwhile belongs to another process (numbers start over in each
   * container) would keep PostgreSQL from starting, so it gets a number that nobody has. It is not
   * removed: PostgreSQL finds in it whether sessions of the killed server still work on the data.
   */
  static Optional<Postmaster> find(Path cluster) throws IOException {
    Path file = cluster.resolve("postmaster.pid");
    List<String> lines = lines(file);
    if (lines.isEmpty()) {
      Files.deleteIfExists(file);
      return Optional.empty();
    }
    Postmaster found =
        new Postmaster(
            Long.parseLong(lines.get(PROCESS_LINE).strip()),
            Integer.parseInt(lines.get(PORT_LINE).strip()));
    Optional<ProcessHandle> process = ProcessHandle.of(found.process());
    if (process.filter(handle -> runsIn(handle, cluster)).isPresent()) {
      return Optional.of(found);
    }
    if (process.isPresent()) {
      log.info("database=embedded state=stale file={} process={}", file, found.process());
      List<String> rest = lines.subList(PROCESS_LINE + 1, lines.size());
      Files.write(file, Stream.concat(Stream.of(NO_PROCESS), rest.stream()).toList());
    }
    return Optional.empty();
  }

  /** The file's lines; none where it does not exist, or was not written to its end. */
  private static List<String> lines(Path file) throws IOException {
    try {
      List<String> lines = Files.readAllLines(file);
      boolean complete =
          lines.size() > PORT_LINE
              && isNumber(lines.get(PROCESS_LINE))
              && isNumber(lines.get(PORT_LINE));
      return complete ? lines : List.of();
    } catch (NoSuchFileException exception) {
      return List.of();
    }
  }

  private static boolean isNumber(String line) {
    return line.strip().matches("\\d{1,9}");
  }

  /** A server works in its data directory; where the system doesn't tell, its name must do. */
  private static boolean runsIn(ProcessHandle handle, Path cluster) {
    Path link = Path.of("/proc", Long.toString(handle.pid()), "cwd");
    try {
      return Files.readSymbolicLink(link).equals(cluster);
    } catch (IOException | UnsupportedOperationException exception) {
      return handle.info().command().filter(command -> isPostgres(Path.of(command))).isPresent();
    }
  }

  private static boolean isPostgres(Path command) {
    return command.endsWith("postgres") || command.endsWith("postgres.exe");
  }
}
