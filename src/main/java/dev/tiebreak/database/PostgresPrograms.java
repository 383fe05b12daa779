package dev.tiebreak.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** PostgreSQL's programs for this machine, unpacked from the class path. */
final class PostgresPrograms {

  private static final Logger log = LoggerFactory.getLogger(PostgresPrograms.class);

  private static final Set<PosixFilePermission> FOR_ALL =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rw-r--r--");

  private PostgresPrograms() {}

  /**
   * Unpacks the programs below {@code parent}, in a directory named by their digest, unless they
   * are there. Several processes may do so at once: each unpacks its own copy, the first to finish
   * puts it in place.
   *
   * @return the directory that holds {@code initdb}, {@code pg_ctl} and {@code postgres}
   */
  static Path unpack(Path parent) throws IOException {
    String archive = archive();
    Path home = parent.resolve(digest(archive).substring(0, 16));
    if (Files.notExists(home)) {
      long start = System.nanoTime();
      createDirectories(parent);
      Path unfinished = parent.resolve(home.getFileName() + "." + UUID.randomUUID());
      try {
        extract(archive, unfinished);
        putInPlace(unfinished, home);
      } finally {
        FileSystemUtils.deleteRecursively(unfinished);
      }
      log.info(
          "database=embedded state=unpacked directory={} milliseconds={}",
          home,
          (System.nanoTime() - start) / 1_000_000);
    }
    return home.resolve("bin");
  }

  private static void putInPlace(Path unfinished, Path home) throws IOException {
    try {
      Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException exception) {
      if (Files.notExists(home)) {
        throw exception;
      }
    }
  }

  private static void extract(String archive, Path home) throws IOException {
    try (TarArchiveInputStream entries =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(open(archive))))) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        Path target = home.resolve(entry.getName()).normalize();
        if (!target.startsWith(home)) {
          throw new IOException("leaves the archive: " + entry.getName());
        }
        extract(entries, entry, target);
      }
    }
  }

  private static void extract(TarArchiveInputStream entries, TarArchiveEntry entry, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      createDirectories(target);
    } else if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Path directory = target.getParent();
      if (directory != null) {
        createDirectories(directory);
      }
      Files.copy(entries, target);
      flush(target);
      boolean executable = (entry.getMode() & 0b001_000_000) != 0;
      DataDirectory.allow(target, executable ? FOR_ALL : READABLE);
    }
  }

  /** For every user, whatever the process's umask: the server's may be another. */
  private static void createDirectories(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      Files.createDirectories(directory);
      DataDirectory.allow(directory, FOR_ALL);
    }
  }

  /** A power failure after the move must not leave programs that are there but empty. */
  private static void flush(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static String digest(String archive) throws IOException {
    try (DigestInputStream stream =
        new DigestInputStream(open(archive), MessageDigest.getInstance("SHA-256"))) {
      stream.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(stream.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException exception) {
      throw new IllegalStateException(exception);
    }
  }

  private static InputStream open(String archive) {
    InputStream stream = PostgresPrograms.class.getResourceAsStream("/" + archive);
    if (stream == null) {
      throw new DatabaseFailure(
          "There is no embedded PostgreSQL for this machine (" + archive + ").",
          "Name a PostgreSQL by TIEBREAK_DATABASE_URL.");
    }
    return stream;
  }

  /** The name of this machine's archive on the class path. */
  static String archive() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return "postgres-%s-%s.txz".formatted(system(system), machine(machine));
  }

  private static String system(String name) {
    return name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "darwin" : name;
  }

  private static String machine(String name) {
    return switch (name) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default -> name;
    };
  }
}
