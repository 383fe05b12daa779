package dev.tiebreak.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server through the lives and deaths of the processes that use it. */
final class EmbeddedPostgresProcessIT {

  private static final boolean ROOT = new UnixSystem().getUid() == 0;
  private static final int NOBODY = 65_534;

  @TempDir private static Path shared;
  @TempDir private Path path;

  @BeforeEach
  void letTheServersUserPass() throws IOException {
    DataDirectory.allow(shared, DataDirectory.PASSABLE);
    DataDirectory.allow(path, DataDirectory.PASSABLE);
  }

  @Test
  void adoptsTheServerOfAKilledServiceAndEndsItInOrder() throws Exception {
    ServiceProcess service = ServiceProcess.start(path, shared);
    int port = service.awaitPort();
    service.execute("CREATE TABLE acknowledged AS SELECT 42 AS answer");
    service.kill();
    Postmaster left = postmaster().orElseThrow();
    ProcessHandle process = ProcessHandle.of(left.process()).orElseThrow();

    try (EmbeddedPostgres server = EmbeddedPostgres.start(DataDirectory.at(path), shared)) {
      assertThat(postmaster()).contains(left);
      assertThat(server.port()).isEqualTo(port);
      assertThat(Sessions.query(server, "SELECT answer FROM acknowledged")).isEqualTo("42");
    }
    assertThat(postmaster()).isEmpty();
    assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void recoversWhenServiceAndServerAreKilled() throws Exception {
    ServiceProcess service = ServiceProcess.start(path, shared);
    service.awaitPort();
    service.execute("CREATE TABLE acknowledged AS SELECT 42 AS answer");
    service.kill();
    end(postmaster().orElseThrow());

    try (EmbeddedPostgres server = EmbeddedPostgres.start(DataDirectory.at(path), shared)) {
      assertThat(Sessions.query(server, "SELECT answer FROM acknowledged")).isEqualTo("42");
    }
  }

  @Test
  void refusesASecondServiceOnTheSameDirectory() throws Exception {
    try (ServiceProcess service = ServiceProcess.start(path, shared)) {
      service.awaitPort();
      assertThatThrownBy(() -> EmbeddedPostgres.start(DataDirectory.at(path), shared))
          .isInstanceOf(DatabaseFailure.class)
          .hasMessage(
              "Another Tiebreak (process %d) uses the data directory %s."
                  .formatted(service.number(), path.toRealPath()));
      service.execute("SELECT 1");
    }
    assertThat(postmaster()).isEmpty();
  }

  @Test
  void runsAsAnOrdinaryUser(@TempDir Path classes) throws Exception {
    ServiceProcess.openToAll(path);
    ServiceProcess.openToAll(shared);
    Files.setPosixFilePermissions(classes, PosixFilePermissions.fromString("rwxr-xr-x"));
    String classPath = ServiceProcess.readableClassPath(classes);
    List<String> prefix =
        ROOT ? ServerAccount.as(new ServerAccount.Owner(NOBODY, NOBODY)).prefix() : List.of();
    Path data = path.resolve("data");
    try (ServiceProcess service = ServiceProcess.start(prefix, classPath, "", data, shared)) {
      service.awaitPort();
      service.execute("CREATE TABLE mine ()");
    }
    // and root, who comes next, leaves the data to their owner
    try (EmbeddedPostgres server = EmbeddedPostgres.start(DataDirectory.at(data), shared)) {
      assertThat(Sessions.query(server, "SELECT to_regclass('mine')")).isEqualTo("mine");
      assertThat(owner(data.resolve("postgresql/postmaster.pid")))
          .isEqualTo(ROOT ? NOBODY : owner(path));
    }
  }

  @Test
  void runsAsNobodyWhereRootMayMakeNoUserNamespace(@TempDir Path fake) throws Exception {
    Path data = path.resolve("data");
    try (ServiceProcess service = startWithoutNamespaces(fake, data)) {
      service.awaitPort();
      service.execute("CREATE TABLE kept ()");
      assertThat(owner(data.resolve("postgresql/postmaster.pid")))
          .isEqualTo(ROOT ? NOBODY : owner(path));
    }
  }

  @Test
  void namesTheDirectoryThatNobodyCanEnter(@TempDir Path fake) throws Exception {
    Path closed = Files.createDirectory(path.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    try (ServiceProcess service = startWithoutNamespaces(fake, closed.resolve("data"))) {
      if (ROOT) {
        assertThat(service.awaitFailure())
            .contains("can't enter " + closed.toRealPath() + ".")
            .contains("TIEBREAK_DATA_DIRECTORY");
      } else {
        assertThat(service.awaitPort()).isPositive();
      }
    }
  }

  /** With an {@code unshare} that is denied, as in most containers. */
  private static ServiceProcess startWithoutNamespaces(Path fake, Path data) throws IOException {
    Path unshare = fake.resolve("unshare");
    Files.writeString(unshare, "#!/bin/sh\necho 'Operation not permitted' >&2\nexit 1\n");
    Files.setPosixFilePermissions(unshare, PosixFilePermissions.fromString("rwxr-xr-x"));
    String classPath = System.getProperty("java.class.path");
    return ServiceProcess.start(List.of(), classPath, fake.toString(), data, shared);
  }

  private Optional<Postmaster> postmaster() throws IOException {
    return Postmaster.find(path.toRealPath().resolve("postgresql"));
  }

  private static void end(Postmaster postmaster) throws Exception {
    ProcessHandle process = ProcessHandle.of(postmaster.process()).orElseThrow();
    process.destroyForcibly();
    process.onExit().get(10, TimeUnit.SECONDS);
  }

  private static int owner(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:uid");
  }
}
