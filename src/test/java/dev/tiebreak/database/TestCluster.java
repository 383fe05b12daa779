package dev.tiebreak.database;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL that a test can kill, freeze, copy into a standby and promote. It keeps what it
 * acknowledges: fsync is on. Everybody on this machine may log in as {@link #OWNER}.
 */
public final class TestCluster implements AutoCloseable {

  /** Who owns all, a superuser. */
  public static final String OWNER = "tiebreak";

  /** An ordinary user, whom a full server turns away. */
  public static final String SERVICE = "service";

  /** What a primary calls its standby. */
  private static final String STANDBY = "standby";

  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final DataDirectory directory;
  private final Path programs;
  private final ServerAccount account;
  private final int port;

  private TestCluster(Path directory, Path programs, int port) throws IOException {
    this.directory = DataDirectory.at(directory);
    this.programs = programs;
    this.account = ServerAccount.choose(this.directory);
    this.port = port;
  }

  /** The programs, unpacked below this directory. */
  public static Path programs(Path directory) throws IOException {
    Files.createDirectories(directory);
    DataDirectory.allow(directory, DataDirectory.PASSABLE);
    return PostgresPrograms.unpack(directory);
  }

  /** A primary with an empty database of the service's name, running. */
  public static TestCluster primary(Path directory, Path programs, int port)
      throws IOException, SQLException {
    TestCluster cluster = new TestCluster(directory, programs, port);
    cluster.make();
    cluster.run(
        "initdb",
        List.of("-D", cluster.data().toString(), "-U", OWNER, "-A", "trust", "-E", "UTF8"),
        List.of("--locale=C", "--no-instructions", "--no-sync"));
    cluster.configure(
        "listen_addresses = '127.0.0.1'",
        "unix_socket_directories = ''",
        "max_connections = 70",
        "shared_buffers = 64MB",
        "max_wal_size = 128MB",
        "wal_keep_size = 512MB",
        "timezone = 'UTC'");
    cluster.start();
    cluster.execute("create role " + SERVICE + " login", "create database tiebreak owner " + OWNER);
    return cluster;
  }

  /** A copy of a running primary that follows it; what the primary acknowledges is on both. */
  public static TestCluster standbyOf(TestCluster primary, Path directory, int port)
      throws IOException, SQLException {
    TestCluster standby = new TestCluster(directory, primary.programs, port);
    standby.make();
    try (Connection connection = primary.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_backup_start('standby', true)");
      copy(primary.data(), standby.data());
      try (ResultSet row =
          statement.executeQuery(
              "select labelfile from pg_backup_stop(wait_for_archive => false)")) {
        row.next();
        Files.writeString(standby.data().resolve("backup_label"), row.getString(1));
      }
    }
    Files.writeString(standby.data().resolve("standby.signal"), "");
    Files.writeString(
        standby.data().resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=%d user=%s application_name=%s'%n"
            .formatted(primary.port, OWNER, STANDBY));
    standby.account.own(standby.directory.path());
    standby.start();
    primary.execute(
        "alter system set synchronous_standby_names = '" + STANDBY + "'",
        "select pg_reload_conf()");
    primary.await("select count(*) from pg_stat_replication where sync_state = 'sync'", "1");
    return standby;
  }

  private void make() throws IOException {
    FileSystemUtils.deleteRecursively(directory.path());
    Files.createDirectories(data());
    DataDirectory.allow(directory.path(), DataDirectory.PASSABLE);
    DataDirectory.allow(data(), PosixFilePermissions.fromString("rwx------"));
    Files.createFile(directory.log());
    account.own(directory.path());
  }

  private Path data() {
    return directory.cluster();
  }

  /** Settings from the next start on. */
  public void configure(String... lines) throws IOException {
    Files.write(data().resolve("postgresql.conf"), List.of(lines), StandardOpenOption.APPEND);
  }

  /** All but what belongs to the running server; the log follows over the network. */
  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            Path target = to.resolve(from.relativize(path));
            Files.createDirectories(target);
            DataDirectory.allow(target, PosixFilePermissions.fromString("rwx------"));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path relative = from.relativize(file);
            boolean own = relative.startsWith("pg_wal") || relative.startsWith("postmaster.pid");
            if (!own) {
              copyThere(file, to.resolve(relative));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void copyThere(Path file, Path target) throws IOException {
    try {
      Files.copy(file, target);
    } catch (NoSuchFileException removedMeanwhile) {
      return;
    }
  }

  /** The port on loopback. */
  public int port() {
    return port;
  }

  /** Starts it, also after a kill, and waits until it answers. */
  public void start() throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      Command started = control("start", "-l", directory.log().toString(), "-o", "-p " + port);
      if (started.succeeded()) {
        return;
      }
      if (System.nanoTime() > end) {
        throw new IOException(started.output() + Files.readString(directory.log()));
      }
      // the sessions of the server that was killed end by and by
      Pauses.pause(Duration.ofMillis(100));
    }
  }

  /** Ends it in order; sessions are cut. */
  public void stop() throws IOException {
    require(control("stop", "-m", "fast"));
  }

  /** Makes the standby the primary. */
  public void promote() throws IOException {
    require(control("promote"));
  }

  /** Ends the server as {@code kill -9} does; its sessions follow. */
  public void kill() throws IOException {
    signal("KILL", process());
  }

  /** Stops the server and all its sessions in their tracks. */
  public void freeze() throws IOException {
    signalAll("STOP");
  }

  /** Lets them go on. */
  public void thaw() throws IOException {
    signalAll("CONT");
  }

  private void signalAll(String signal) throws IOException {
    long postmaster = process();
    List<Long> sessions =
        ProcessHandle.of(postmaster).stream()
            .flatMap(ProcessHandle::descendants)
            .map(ProcessHandle::pid)
            .toList();
    signal(signal, postmaster);
    for (long session : sessions) {
      signal(signal, session);
    }
  }

  /** Sends a signal to a process. */
  public static void signal(String signal, long process) throws IOException {
    Command.run(
        List.of("kill", "-" + signal, Long.toString(process)), Path.of("/"), Duration.ofSeconds(5));
  }

  private long process() throws IOException {
    return Long.parseLong(Files.readAllLines(data().resolve("postmaster.pid")).getFirst().strip());
  }

  /** A session of the owner in the service's database, which gives up after a while. */
  public Connection connect() throws SQLException {
    return connect("tiebreak");
  }

  private Connection connect(String database) throws SQLException {
    return connect(database, OWNER);
  }

  /** A session of a user. */
  public Connection connect(String database, String user) throws SQLException {
    Properties parameters = new Properties();
    parameters.setProperty("user", user);
    parameters.setProperty("connectTimeout", "2");
    parameters.setProperty("loginTimeout", "3");
    parameters.setProperty("socketTimeout", "60");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, parameters);
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Waits until a query gives this value. */
  public void await(String sql, String value) throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!value.equals(ask(sql))) {
      if (System.nanoTime() > end) {
        throw new IOException("never " + value + ": " + sql);
      }
      Pauses.pause(Duration.ofMillis(50));
    }
  }

  private String ask(String sql) {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    } catch (SQLException unavailable) {
      return "";
    }
  }

  private Command control(String action, String... arguments) throws IOException {
    return Command.run(
        account.command(
            Stream.of(
                    List.of(programs.resolve("pg_ctl").toString(), action),
                    List.of("-D", data().toString(), "-w", "-t", "60"),
                    List.of(arguments))
                .flatMap(List::stream)
                .toList()),
        directory.path(),
        LIMIT);
  }

  @SafeVarargs
  private void run(String program, List<String>... arguments) throws IOException {
    List<String> command =
        Stream.concat(
                Stream.of(programs.resolve(program).toString()),
                Stream.of(arguments).flatMap(List::stream))
            .toList();
    require(Command.run(account.command(command), directory.path(), LIMIT));
  }

  private static void require(Command command) throws IOException {
    if (!command.succeeded()) {
      throw new IOException(command.output());
    }
  }

  /** Ends it for good, whatever state it is in. */
  @Override
  public void close() throws IOException {
    if (Files.exists(data().resolve("postmaster.pid"))) {
      thaw();
      control("stop", "-m", "immediate");
    }
    FileSystemUtils.deleteRecursively(directory.path());
  }
}
