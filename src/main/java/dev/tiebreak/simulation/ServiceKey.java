package dev.tiebreak.simulation;

import dev.tiebreak.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The API key with which a command talks to a service. It comes by a file or by the environment,
 * never as an argument, which everybody on the machine could read.
 */
final class ServiceKey {

  private static final String VARIABLE = "TIEBREAK_API_KEY";

  private ServiceKey() {}

  /** The key in this file, else in the environment; null where there is none. */
  static @Nullable String read(@Nullable Path file) {
    return read(file, System.getenv(VARIABLE));
  }

  static @Nullable String read(@Nullable Path file, @Nullable String environment) {
    if (file == null) {
      return environment == null || environment.isBlank() ? null : checked(VARIABLE, environment);
    }
    try {
      return checked("--key-file", Files.readString(file));
    } catch (IOException unreadable) {
      throw new UsageException("--key-file: cannot read " + file);
    }
  }

  /** A key is one word, so that it can be a header's value. */
  private static String checked(String source, String text) {
    String key = text.strip();
    if (!key.matches("[!-~]{1,8192}")) {
      throw new UsageException(source + " holds no key: a key is one word");
    }
    return key;
  }
}
