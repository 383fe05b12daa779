package dev.tiebreak.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * What lies where in the data directory.
 *
 * @param path its real path
 */
record DataDirectory(Path path) {

  /** Other users may pass through it, as a server that runs as {@code nobody} must, not list it. */
  static final Set<PosixFilePermission> PASSABLE = PosixFilePermissions.fromString("rwx--x--x");

  private static final Set<PosixFilePermission> PRIVATE_FILE =
      PosixFilePermissions.fromString("rw-------");

  /** How the names begin of what initdb has not finished. */
  static final String UNFINISHED = "postgresql.unfinished-";

  /** pg_ctl hands paths to a shell between double quotes. */
  private static final String UNQUOTABLE = "\"$`\\\n";

  /** The directory, made where it does not exist. */
  static DataDirectory at(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    if (isPosix(absolute)
        && absolute.toString().chars().anyMatch(c -> UNQUOTABLE.indexOf(c) >= 0)) {
      throw new DatabaseFailure(
          "The data directory " + absolute + " has a quote, $, ` or \\ in its name.",
          "Name another by TIEBREAK_DATA_DIRECTORY.");
    }
    try {
      if (Files.notExists(absolute)) {
        Files.createDirectories(absolute);
        allow(absolute, PASSABLE);
      }
      return new DataDirectory(absolute.toRealPath());
    } catch (IOException exception) {
      throw new DatabaseFailure(
          "The data directory " + absolute + " can't be made (" + exception + ").",
          "Name one that this user may write by TIEBREAK_DATA_DIRECTORY.",
          exception);
    }
  }

  /** PostgreSQL's own directory. */
  Path cluster() {
    return path.resolve("postgresql");
  }

  /**
   * Where {@link #cluster} grows until it is complete; another place each time, as the initdb of a
   * service that was killed may still be at work.
   */
  Path unfinishedCluster() {
    return path.resolve(UNFINISHED + UUID.randomUUID());
  }

  /** PostgreSQL's programs, one directory a version. */
  Path programs() {
    return path.resolve("postgresql-programs");
  }

  /** What the server has to say. */
  Path log() {
    return path.resolve("postgresql.log");
  }

  /** The password of the server's only user. */
  Path password() {
    return path.resolve("postgresql.password");
  }

  /** The server's port. */
  Path port() {
    return path.resolve("postgresql.port");
  }

  /** Held by the one service that uses this directory. */
  Path lock() {
    return path.resolve("tiebreak.lock");
  }

  /** Makes a file that only its owner may read, where it does not exist. */
  static void createPrivate(Path file) throws IOException {
    if (Files.notExists(file)) {
      FileAttribute<?>[] attributes =
          isPosix(file)
              ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE_FILE)}
              : new FileAttribute<?>[0];
      Files.createFile(file, attributes);
    }
  }

  static void allow(Path path, Set<PosixFilePermission> permissions) throws IOException {
    if (isPosix(path)) {
      Files.setPosixFilePermissions(path, permissions);
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
