package dev.tiebreak.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  /**
   * The living server of {@code cluster}. A file that a killed server left is removed, also where
   * its number meanwhile belongs to another process (numbers start over in each container), which
   * PostgreSQL itself would take for a second server and refuse to start.
   */
  static Optional<Postmaster> find(Path cluster) throws IOException {
    Path file = cluster.resolve("postmaster.pid");
    Optional<Postmaster> found = read(file).filter(postmaster -> postmaster.serves(cluster));
    if (found.isEmpty() && Files.deleteIfExists(file)) {
      log.info("database=embedded state=stale removed={}", file);
    }
    return found;
  }

  private static Optional<Postmaster> read(Path file) throws IOException {
    try {
      List<String> lines = Files.readAllLines(file);
      return Optional.of(
          new Postmaster(
              Long.parseLong(lines.get(PROCESS_LINE).strip()),
              Integer.parseInt(lines.get(PORT_LINE).strip())));
    } catch (NoSuchFileException | NumberFormatException | IndexOutOfBoundsException exception) {
      return Optional.empty();
    }
  }

  private boolean serves(Path cluster) {
    return ProcessHandle.of(process).filter(handle -> runsIn(handle, cluster)).isPresent();
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
