package dev.tiebreak.database;

import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** PostgreSQL's files in a data directory, and its programs working on them. */
final class Cluster {

  /** The server's only user. */
  static final String USERNAME = "tiebreak";

  private static final Logger log = LoggerFactory.getLogger(Cluster.class);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int PASSWORD_BYTES = 32;
  private static final long LONGEST_LOG = 10_000_000;
  private static final int LONGEST_TAIL = 10_000;

  /**
   * Given on the command line, where nothing in a file can weaken them. What was acknowledged is on
   * disk; only this machine reaches the server; no text of a user gets into its log.
   */
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("fsync", "on"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("full_page_writes", "on"),
          Map.entry("listen_addresses", "127.0.0.1"),
          Map.entry("unix_socket_directories", ""),
          Map.entry("password_encryption", "scram-sha-256"),
          Map.entry("max_connections", "100"),
          Map.entry("timezone", "UTC"),
          Map.entry("log_timezone", "UTC"),
          Map.entry("log_error_verbosity", "terse"),
          Map.entry("log_min_error_statement", "panic"));

  private final DataDirectory directory;
  private final ServerAccount account;
  private final Path programs;

  Cluster(DataDirectory directory, ServerAccount account, Path programs) {
    this.directory = directory;
    this.account = account;
    this.programs = programs;
  }

  /** Makes the cluster where there is none, and refuses one of another major version. */
  void prepare() throws IOException {
    if (Files.exists(directory.cluster())) {
      requireSameMajorVersion();
      account.own(directory.cluster());
    } else {
      initialize();
    }
    DataDirectory.createPrivate(directory.log());
    account.own(directory.log());
  }

  /** The password of {@link #USERNAME}. */
  String password() throws IOException {
    if (Files.notExists(directory.password())) {
      throw new DatabaseFailure(
          "The data are there, but their password file " + directory.password() + " is missing.",
          "Put it back from where the data came from.");
    }
    return Files.readString(directory.password()).strip();
  }

  /**
   * Starts the server and waits until it accepts connections.
   *
   * @return what the server wrote into its log, which says why it did not start
   */
  Command start(int port) throws IOException {
    if (Files.size(directory.log()) > LONGEST_LOG) {
      Files.writeString(directory.log(), "");
    }
    long before = Files.size(directory.log());
    String options =
        SETTINGS.entrySet().stream()
            .map(setting -> " -c " + setting.getKey() + "=" + setting.getValue())
            .sorted()
            .collect(Collectors.joining("", "-p " + port, ""));
    Command started = control("start", "-l", directory.log().toString(), "-o", options);
    try (InputStream written = Files.newInputStream(directory.log())) {
      written.skipNBytes(before);
      String tail = new String(written.readNBytes(LONGEST_TAIL), StandardCharsets.UTF_8);
      return new Command(started.status(), tail.isBlank() ? started.output() : tail.strip());
    }
  }

  /** Ends the server: sessions are cut, what they committed stays. */
  Command stop() throws IOException {
    return control("stop", "-m", "fast");
  }

  private Command control(String action, String... arguments) throws IOException {
    List<String> fixed =
        List.of("-D", directory.cluster().toString(), "-w", "-t", Long.toString(LIMIT.toSeconds()));
    return run("pg_ctl", Stream.of(List.of(action), fixed, List.of(arguments)));
  }

  private Command run(String program, Stream<List<String>> arguments) throws IOException {
    List<String> command =
        Stream.concat(Stream.of(List.of(programs.resolve(program).toString())), arguments)
            .flatMap(List::stream)
            .toList();
    return Command.run(account.command(command), directory.path(), LIMIT.plusSeconds(10));
  }

  /** Elsewhere first, then moved, so that a start that is killed leaves no half-made cluster. */
  private void initialize() throws IOException {
    long start = System.nanoTime();
    createPassword();
    removeUnfinished();
    Path unfinished = directory.unfinishedCluster();
    Files.createDirectory(unfinished);
    DataDirectory.allow(unfinished, PosixFilePermissions.fromString("rwx------"));
    account.own(unfinished);
    Command made =
        run(
            "initdb",
            Stream.of(
                List.of("-D", unfinished.toString(), "-U", USERNAME),
                List.of("-A", "scram-sha-256", "--pwfile", directory.password().toString()),
                List.of("-E", "UTF8", "--locale=C"),
                List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                List.of("--no-instructions")));
    if (!made.succeeded()) {
      throw failure("PostgreSQL's initdb failed in " + directory.path() + ": " + made.output());
    }
    Files.move(unfinished, directory.cluster(), StandardCopyOption.ATOMIC_MOVE);
    log.info(
        "database=embedded state=initialized directory={} milliseconds={}",
        directory.cluster(),
        (System.nanoTime() - start) / 1_000_000);
  }

  private void removeUnfinished() {
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(directory.path(), DataDirectory.UNFINISHED + "*")) {
      for (Path path : left) {
        FileSystemUtils.deleteRecursively(path);
      }
    } catch (IOException exception) {
      log.info("database=embedded state=unfinished left={}", exception.getMessage());
    }
  }

  private void createPassword() throws IOException {
    DataDirectory.createPrivate(directory.password());
    account.own(directory.password());
    if (Files.size(directory.password()) == 0) {
      byte[] random = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(random);
      String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      Files.writeString(directory.password(), password, WRITE, SYNC);
    }
  }

  private void requireSameMajorVersion() throws IOException {
    String stored = Files.readString(directory.cluster().resolve("PG_VERSION")).strip();
    Command version = run("postgres", Stream.of(List.of("--version")));
    String brought = version.output().replaceAll("\\D*(\\d+).*", "$1");
    if (!version.succeeded() || brought.isEmpty()) {
      throw failure("PostgreSQL's programs do not run on this machine: " + version.output());
    }
    if (!stored.equals(brought)) {
      throw new DatabaseFailure(
          "The data in %s were written by PostgreSQL %s, but this Tiebreak brings PostgreSQL %s."
              .formatted(directory.path(), stored, brought),
          "Dump them with the Tiebreak that wrote them or with PostgreSQL "
              + stored
              + ", and restore them into a new data directory; or start the older Tiebreak.");
    }
  }

  private static DatabaseFailure failure(String description) {
    return new DatabaseFailure(
        description, "Remove the cause, or use another PostgreSQL by TIEBREAK_DATABASE_URL.");
  }
}
