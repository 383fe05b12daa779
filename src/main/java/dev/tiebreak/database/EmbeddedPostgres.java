package dev.tiebreak.database;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of the service's own, in its data directory.
 *
 * <p>The server outlives a service that is killed; the next one adopts it. A service that ends in
 * order ends the server too, an adopted one as well. A server that is killed alone is started
 * again.
 *
 * <p>Only the programs come from the zonky project. Its library is made for tests: it always passes
 * {@code -F} (no fsync), trusts every local user, makes the cluster before it takes its lock, and
 * can adopt a server only by waiting for whatever answers on the port.
 */
final class EmbeddedPostgres implements PostgresServer {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private final DataDirectory directory;
  private final DataDirectoryLock lock;
  private final Cluster cluster;
  private final Login login;
  private final int port;
  private boolean closed;

  private EmbeddedPostgres(
      DataDirectory directory, DataDirectoryLock lock, Cluster cluster, Login login, int port) {
    this.directory = directory;
    this.lock = lock;
    this.cluster = cluster;
    this.login = login;
    this.port = port;
  }

  /** Starts the server of {@code dataDirectory}, or adopts it where it still runs. */
  static EmbeddedPostgres start(Path dataDirectory) {
    DataDirectory directory = DataDirectory.at(dataDirectory);
    return start(directory, directory.programs());
  }

  /** As above, with the programs unpacked below {@code programs}, which others may share. */
  static EmbeddedPostgres start(DataDirectory directory, Path programs) {
    DataDirectoryLock lock = DataDirectoryLock.take(directory);
    try {
      Cluster cluster =
          new Cluster(
              directory, ServerAccount.choose(directory), PostgresPrograms.unpack(programs));
      cluster.prepare();
      Login login = new Login(Cluster.USERNAME, cluster.password());
      int port = new Launch(directory, cluster, login).run();
      EmbeddedPostgres server = new EmbeddedPostgres(directory, lock, cluster, login, port);
      server.watch();
      return server;
    } catch (IOException exception) {
      release(lock);
      throw new DatabaseFailure(
          "The embedded PostgreSQL in " + directory.path() + " can't start (" + exception + ").",
          "Remove the cause, or use another PostgreSQL by TIEBREAK_DATABASE_URL.",
          exception);
    } catch (RuntimeException exception) {
      release(lock);
      throw exception;
    }
  }

  @Override
  public String url() {
    return Launch.url(port, Launch.DATABASE);
  }

  @Override
  public Login service() {
    return login;
  }

  @Override
  public Login owner() {
    return login;
  }

  int port() {
    return port;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      Command stopped = cluster.stop();
      if (stopped.succeeded()) {
        log.info("database=embedded state=stopped directory={}", directory.path());
      } else {
        log.warn(
            "database=embedded state=\"not stopped\" directory={} reason=\"{}\"",
            directory.path(),
            stopped.output());
      }
    } catch (IOException exception) {
      log.warn("database=embedded state=\"not stopped\" directory={}", directory.path(), exception);
    } finally {
      release(lock);
    }
  }

  private void watch() throws IOException {
    Postmaster.find(directory.cluster())
        .flatMap(postmaster -> ProcessHandle.of(postmaster.process()))
        .ifPresentOrElse(
            process -> process.onExit().thenRunAsync(this::revive, Thread::startVirtualThread),
            this::revive);
  }

  private synchronized void revive() {
    if (closed) {
      return;
    }
    log.error("database=embedded state=lost directory={}", directory.path());
    try {
      int now = new Launch(directory, cluster, login).run();
      if (now == port) {
        watch();
      } else {
        log.error("database=embedded state=moved port={} action=\"restart the service\"", now);
      }
    } catch (IOException | DatabaseFailure exception) {
      log.error("database=embedded state=lost action=\"restart the service\"", exception);
    }
  }

  private static void release(DataDirectoryLock lock) {
    try {
      lock.close();
    } catch (IOException exception) {
      log.warn("database=embedded lock=\"not released\"", exception);
    }
  }
}
