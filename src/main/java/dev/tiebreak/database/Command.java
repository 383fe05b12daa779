package dev.tiebreak.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What running a program came to.
 *
 * @param status its exit status; −1 where it took too long and was ended
 * @param output what it wrote
 */
record Command(int status, String output) {

  /** Runs a program to its end in {@code directory}, with nothing to read. */
  static Command run(List<String> command, Path directory, Duration limit) throws IOException {
    Path output = Files.createTempFile("tiebreak", ".out");
    try {
      Process process = start(command, directory, output);
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      return new Command(
          ended ? process.exitValue() : -1,
          new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip());
    } catch (InterruptedException exception) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted: " + command.getLast(), exception);
    } finally {
      Files.delete(output);
    }
  }

  boolean succeeded() {
    return status == 0;
  }

  static boolean onWindows() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
  }

  // To a file and not a pipe: a server that inherits a pipe keeps it open.
  private static Process start(List<String> command, Path directory, Path output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.equals("LANG"));
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }
}
