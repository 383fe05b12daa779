package dev.tiebreak.database;

import java.time.Duration;
import java.util.Properties;

/**
 * What every connection is made with, be it a pool's, a migration's or the first of a start: it is
 * given up where the server does not answer, and it leads to the primary where the URL names
 * several hosts. Defaults: the same parameter in the URL wins.
 */
final class DriverParameters {

  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** Of a whole log-in, past hosts that do not answer. */
  private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(5);

  /** How long the driver believes a host to be a standby still; a promotion takes effect after. */
  private static final Duration HOST_RECHECK = Duration.ofSeconds(1);

  private DriverParameters() {}

  static Properties of(Login login) {
    Properties parameters = new Properties();
    if (!login.username().isEmpty()) {
      parameters.setProperty("user", login.username());
    }
    if (!login.password().isEmpty()) {
      parameters.setProperty("password", login.password());
    }
    parameters.setProperty("ApplicationName", "tiebreak");
    parameters.setProperty("connectTimeout", seconds(CONNECT_TIMEOUT));
    parameters.setProperty("loginTimeout", seconds(LOGIN_TIMEOUT));
    parameters.setProperty("hostRecheckSeconds", seconds(HOST_RECHECK));
    parameters.setProperty("tcpKeepAlive", "true");
    parameters.setProperty("targetServerType", "primary");
    // it would tell parameters
    parameters.setProperty("logServerErrorDetail", "false");
    return parameters;
  }

  /** The same, with a limit to how long an answer is waited for. */
  static Properties of(Login login, Duration socketTimeout) {
    Properties parameters = of(login);
    parameters.setProperty("socketTimeout", seconds(socketTimeout));
    return parameters;
  }

  private static String seconds(Duration duration) {
    return Long.toString(duration.toSeconds());
  }
}
