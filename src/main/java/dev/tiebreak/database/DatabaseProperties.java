package dev.tiebreak.database;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the service keeps what it must not lose.
 *
 * @param dataDirectory the directory of the embedded PostgreSQL, empty: {@code ./data}; unused when
 *     {@code database.url} names another
 * @param database the PostgreSQL to use and the connections to it
 */
@Validated
@ConfigurationProperties("tiebreak")
record DatabaseProperties(
    @DefaultValue("") @NotNull String dataDirectory,
    @DefaultValue @Valid @NotNull Database database) {

  // a string, as Spring would look for a Path on the class path first
  Path directory() {
    return Path.of(dataDirectory.isBlank() ? "./data" : dataDirectory);
  }

  /**
   * The PostgreSQL to use and the connections to it.
   *
   * @param url its JDBC URL, {@code jdbc:postgresql://host:port/database}, or with several hosts
   *     {@code //one:port,other:port/}, of which the primary is used; empty: the embedded one
   * @param username whom the service logs in as
   * @param password the password of {@code username}
   * @param ownerUsername whom migrations run as; empty: {@code username}
   * @param ownerPassword the password of {@code ownerUsername}
   * @param startTimeout how long a start waits for a PostgreSQL that does not answer yet
   * @param connections the most connections for requests; a request that gets none within 2 s is
   *     turned away
   * @param statementTimeout the longest a request's statement may take
   * @param lockTimeout the longest a request's statement may wait for a lock
   * @param roundConnections the most connections for rounds, which have their own so that they
   *     never starve the queue
   * @param roundStatementTimeout the longest a round's statement may take
   * @param idleInTransactionTimeout how long an open transaction may do nothing before PostgreSQL
   *     ends its session, so that a process that froze keeps nothing locked
   */
  record Database(
      @DefaultValue("") @NotNull String url,
      @DefaultValue("") @NotNull String username,
      @DefaultValue("") @NotNull String password,
      @DefaultValue("") @NotNull String ownerUsername,
      @DefaultValue("") @NotNull String ownerPassword,
      @DefaultValue("20s") @DurationMin(seconds = 0) @DurationMax(hours = 1) @NotNull
          Duration startTimeout,
      @DefaultValue("16") @Min(1) @Max(1_000) int connections,
      @DefaultValue("30s") @DurationMin(seconds = 1) @DurationMax(hours = 1) @NotNull
          Duration statementTimeout,
      @DefaultValue("10s") @DurationMin(seconds = 1) @DurationMax(hours = 1) @NotNull
          Duration lockTimeout,
      @DefaultValue("4") @Min(1) @Max(100) int roundConnections,
      @DefaultValue("10m") @DurationMin(seconds = 1) @DurationMax(hours = 24) @NotNull
          Duration roundStatementTimeout,
      @DefaultValue("8s") @DurationMin(seconds = 1) @DurationMax(hours = 1) @NotNull
          Duration idleInTransactionTimeout) {

    Login service() {
      return new Login(username, password);
    }

    Login owner() {
      return ownerUsername.isBlank() ? service() : new Login(ownerUsername, ownerPassword);
    }

    /** Without the passwords, and without the URL, which may hold one. */
    @Override
    public String toString() {
      return "Database[username=" + username + ", ownerUsername=" + ownerUsername + "]";
    }
  }
}
