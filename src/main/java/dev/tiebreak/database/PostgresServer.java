package dev.tiebreak.database;

/** A PostgreSQL that answers, and how to log in to it. */
sealed interface PostgresServer extends AutoCloseable
    permits EmbeddedPostgres, ExternalPostgres, JoinedPostgres {

  /** The JDBC URL of the service's database. */
  String url();

  /** Whom the service logs in as. */
  Login service();

  /** Whom migrations run as. */
  Login owner();

  /** Ends the server, where this service started it. */
  @Override
  void close();
}
