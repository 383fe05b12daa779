package dev.tiebreak.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The embedded server of a service that is at work: a command beside it, run by the same user, may
 * use it too, and leaves it running.
 */
record JoinedPostgres(String url, Login service) implements PostgresServer {

  /** The server that runs on this data directory; empty where none does. */
  static Optional<JoinedPostgres> find(Path dataDirectory) {
    DataDirectory directory = new DataDirectory(dataDirectory.toAbsolutePath().normalize());
    if (Files.notExists(directory.cluster())) {
      return Optional.empty();
    }
    try {
      Optional<Postmaster> server = Postmaster.find(directory.cluster().toRealPath());
      return server.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new JoinedPostgres(
                  Launch.url(server.get().port(), Launch.DATABASE),
                  new Login(Cluster.USERNAME, Files.readString(directory.password()).strip())));
    } catch (IOException exception) {
      throw new DatabaseFailure(
          "The data directory " + directory.path() + " can't be read (" + exception + ").",
          "Run the command as the user that the service runs as.",
          exception);
    }
  }

  @Override
  public Login owner() {
    return service;
  }

  @Override
  public void close() {
    // the service ends it
  }
}
