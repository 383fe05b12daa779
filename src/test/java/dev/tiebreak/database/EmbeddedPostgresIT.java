package dev.tiebreak.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server as this process starts it. */
final class EmbeddedPostgresIT {

  @TempDir private static Path shared;
  @TempDir private Path path;

  @BeforeEach
  void letTheServersUserPass() throws IOException {
    DataDirectory.allow(shared, DataDirectory.PASSABLE);
    DataDirectory.allow(path, DataDirectory.PASSABLE);
  }

  @Test
  void acknowledgesOnlyWhatIsOnDiskWhateverAnyoneSets() throws Exception {
    try (EmbeddedPostgres server = start(path)) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        Sessions.execute(server, "ALTER SYSTEM SET " + setting + " = off");
      }
    }
    try (EmbeddedPostgres server = start(path)) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(show(server, setting)).as(setting).isEqualTo("on");
      }
    }
  }

  @Test
  void sortsAndEncodesTheSameOnEveryMachine() throws Exception {
    try (EmbeddedPostgres server = start(path)) {
      assertThat(show(server, "server_encoding")).isEqualTo("UTF8");
      assertThat(
              Sessions.query(
                  server, "SELECT string_agg(c, '' ORDER BY c) FROM unnest('{a,B,ä}'::text[]) c"))
          .isEqualTo("Baä");
      assertThat(Sessions.query(server, "SELECT upper('ä')")).isEqualTo("Ä");
    }
  }

  @Test
  void keepsDataAndPortWhenItStartsAgain() throws Exception {
    int port;
    try (EmbeddedPostgres server = start(path)) {
      port = server.port();
      Sessions.execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
    }
    try (EmbeddedPostgres server = start(path)) {
      assertThat(server.port()).isEqualTo(port);
      assertThat(Sessions.query(server, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void takesAnotherPortWhereItsOwnIsTaken() throws Exception {
    int port;
    try (EmbeddedPostgres server = start(path)) {
      port = server.port();
    }
    int other;
    try (ServerSocket foreign = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        EmbeddedPostgres server = start(path)) {
      other = server.port();
      assertThat(other).isNotEqualTo(foreign.getLocalPort());
    }
    try (EmbeddedPostgres server = start(path)) {
      assertThat(server.port()).isEqualTo(other);
    }
  }

  @Test
  void letsNobodyInWithoutThePassword() throws Exception {
    try (EmbeddedPostgres server = start(path)) {
      for (String password : List.of("", "tiebreak", "postgres")) {
        assertThatThrownBy(
                () -> DriverManager.getConnection(server.url(), Cluster.USERNAME, password).close())
            .isInstanceOf(SQLException.class)
            .hasMessageMatching("(?s).*password (authentication failed|is an empty string).*");
      }
      assertThat(show(server, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(show(server, "unix_socket_directories")).isEmpty();
      assertThat(
              Sessions.query(
                  server,
                  "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'"))
          .isEqualTo("0");
    }
    assertThat(permissions("postgresql")).isEqualTo("rwx------");
    for (String file : List.of("postgresql.password", "postgresql.log", "tiebreak.lock")) {
      assertThat(permissions(file)).as(file).isEqualTo("rw-------");
    }
  }

  @Test
  void startsOverAFileLeftByAServerWhoseNumberAnotherProcessHas() throws Exception {
    start(path).close();
    long another = ProcessHandle.current().pid();
    Files.writeString(
        path.resolve("postgresql/postmaster.pid"),
        "%d\n%s\n1\n%d\n\n127.0.0.1\n  1 1\nready\n"
            .formatted(another, path.resolve("postgresql"), 5432));
    try (EmbeddedPostgres server = start(path)) {
      assertThat(Sessions.query(server, "SELECT 1")).isEqualTo("1");
    }
    // or by one that was killed while it wrote it
    Files.writeString(path.resolve("postgresql/postmaster.pid"), "");
    try (EmbeddedPostgres server = start(path)) {
      assertThat(Sessions.query(server, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void startsTheServerAgainThatWasKilledAlone() throws Exception {
    try (EmbeddedPostgres server = start(path)) {
      Sessions.execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
      Postmaster killed = Postmaster.find(path.toRealPath().resolve("postgresql")).orElseThrow();
      ProcessHandle.of(killed.process()).orElseThrow().destroyForcibly();
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> Sessions.query(server, "SELECT answer FROM kept").equals("42"));
    }
    assertThat(Postmaster.find(path.toRealPath().resolve("postgresql"))).isEmpty();
  }

  @Test
  void refusesDataOfAnotherMajorVersionOrWithoutTheirPassword() throws Exception {
    start(path).close();
    Path password = path.resolve("postgresql.password");
    Files.move(password, path.resolve("elsewhere"));
    assertThatThrownBy(() -> start(path))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("password file")
        .hasMessageContaining("is missing");
    Files.move(path.resolve("elsewhere"), password);
    Files.writeString(path.resolve("postgresql/PG_VERSION"), "17\n");
    assertThatThrownBy(() -> start(path))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("written by PostgreSQL 17, but this Tiebreak brings PostgreSQL 18");
  }

  @Test
  void servesTwoDirectoriesAtOnce() throws Exception {
    try (EmbeddedPostgres one = start(path.resolve("one"));
        EmbeddedPostgres two = start(path.resolve("two  of them"))) {
      Sessions.execute(one, "CREATE TABLE only_here ()");
      assertThat(Sessions.query(two, "SELECT to_regclass('only_here')")).isNull();
      assertThat(one.port()).isNotEqualTo(two.port());
      one.close();
      assertThat(Sessions.query(two, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void refusesASecondStartInTheSameProcess() throws Exception {
    try (EmbeddedPostgres server = start(path)) {
      assertThatThrownBy(() -> start(path))
          .isInstanceOf(DatabaseFailure.class)
          .hasMessageContaining(path.toRealPath().toString());
      assertThat(Sessions.query(server, "SELECT 1")).isEqualTo("1");
    }
  }

  private static EmbeddedPostgres start(Path path) {
    return EmbeddedPostgres.start(DataDirectory.at(path), shared);
  }

  private static String show(EmbeddedPostgres server, String setting) throws SQLException {
    return Sessions.query(server, "SHOW " + setting);
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve(name)));
  }
}
