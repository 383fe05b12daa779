package dev.tiebreak.access;

import dev.tiebreak.command.OptionHelp;
import dev.tiebreak.command.UsageException;
import dev.tiebreak.database.CommandDatabase;
import dev.tiebreak.problem.ProblemException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The {@code keys} command: API keys, by whoever can reach the database as the service does. */
public final class KeyCommand {

  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int MISUSED = 2;
  private static final int MOST_LISTED = 1000;

  private static final String USAGE =
      """
      API keys of the service whose database the environment names, as it does for the
      service itself (TIEBREAK_DATABASE_URL, else the embedded one in
      TIEBREAK_DATA_DIRECTORY); the service may be running.

      java -jar tiebreak.jar keys create --name NAME --roles ROLE,... [options]
              prints a new key, this once
      java -jar tiebreak.jar keys list
              prints a line for each of the 1000 newest keys
      java -jar tiebreak.jar keys revoke ID
              ends a key: ID is what stands between tb_ and its secret

      Options of keys create:
      """;

  private final PrintStream out;
  private final PrintStream err;
  private final ConfigurableEnvironment environment;

  KeyCommand(PrintStream out, PrintStream err, ConfigurableEnvironment environment) {
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  /**
   * Runs the command with the arguments that follow its name.
   *
   * @return the exit status: 0 done, 1 failed, 2 the arguments can't be meant
   */
  public static int run(String... arguments) {
    ConfigurableEnvironment environment = new StandardEnvironment();
    LoggingSystem logging = LoggingSystem.get(KeyCommand.class.getClassLoader());
    logging.beforeInitialize();
    logging.initialize(new LoggingInitializationContext(environment), null, null);
    logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
    ConfigDataEnvironmentPostProcessor.applyTo(environment);
    return new KeyCommand(System.out, System.err, environment).execute(arguments);
  }

  int execute(String... arguments) {
    String action = arguments.length == 0 ? "" : arguments[0];
    String[] rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
    if (List.of(arguments).contains("--help")) {
      return usage(out, OK);
    }
    try {
      return switch (action) {
        case "create" -> create(KeyOptions.parse(rest));
        case "list" -> list(rest);
        case "revoke" -> revoke(rest);
        default -> usage(err, MISUSED);
      };
    } catch (UsageException misused) {
      err.println(misused.getMessage());
      return MISUSED;
    } catch (ProblemException | CommandDatabase.Unusable refused) {
      err.println(refused.getMessage());
      return FAILED;
    } catch (DataAccessException unavailable) {
      err.println("The database refuses: " + unavailable.getMostSpecificCause().getMessage());
      return FAILED;
    }
  }

  private static int usage(PrintStream stream, int status) {
    stream.print(USAGE + OptionHelp.of(KeyOption.values()));
    return status;
  }

  private int create(NewKey wanted) {
    KeyIssue.Issued issued =
        CommandDatabase.use(environment, jdbc -> issue(jdbc).create(wanted, null));
    out.println(issued.token().text());
    err.println("Keep it: it is not shown again. Its id is " + issued.key().key() + ".");
    return OK;
  }

  private int list(String... rest) {
    requireCount(0, "keys list takes nothing more", rest);
    List<ApiKey> keys =
        CommandDatabase.use(
            environment, jdbc -> new ApiKeys(jdbc).list(Long.MAX_VALUE, MOST_LISTED, null));
    keys.forEach(key ->
        out.println(
            "%s  %s  roles=%s projects=%s created=%s expires=%s revoked=%s used=%s"
                .formatted(
                    key.key(),
                    key.name(),
                    key.roles(),
                    key.projects() == null ? "all" : key.projects(),
                    key.createdAt(),
                    or(key.expiresAt()),
                    or(key.revokedAt()),
                    or(key.lastUsedAt()))));
    return OK;
  }

  private static Object or(@Nullable Object value) {
    return value == null ? "-" : value;
  }

  private int revoke(String... rest) {
    requireCount(1, "keys revoke takes the key's id", rest);
    boolean revoked =
        CommandDatabase.use(environment, jdbc -> issue(jdbc).revoke(rest[0], null).isPresent());
    (revoked ? out : err).println(revoked ? "Revoked." : "There is no key of this id.");
    return revoked ? OK : FAILED;
  }

  private static void requireCount(int count, String otherwise, String... arguments) {
    if (arguments.length != count) {
      throw new UsageException(otherwise);
    }
  }

  private static KeyIssue issue(JdbcClient jdbc) {
    return new KeyIssue(new ApiKeys(jdbc), new AuditTrail(jdbc));
  }
}
