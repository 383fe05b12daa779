package dev.tiebreak.chaos;

import dev.tiebreak.database.TestCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of the service, which can be killed, frozen and started again on its port. */
final class Replica implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(4);

  private final Launcher launcher;
  private final String name;
  private final int port;
  private final List<String> options;
  private final Map<String, String> environment;
  private final Path log;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private volatile Process process;

  /**
   * Starts it, without waiting until it is ready.
   *
   * @param name what its sessions in the database are called
   * @param options of its Java
   */
  Replica(
      Launcher launcher,
      String name,
      int port,
      List<String> options,
      Map<String, String> environment,
      Path directory)
      throws IOException {
    this.launcher = launcher;
    this.name = name;
    this.port = port;
    this.options = options;
    this.environment = environment;
    this.log = directory.resolve(name + ".log");
    this.process = launch(launcher.isUntrained());
  }

  private Process launch(boolean trains) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(launcher.command(options, trains));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(variable -> variable.startsWith("TIEBREAK_"));
    builder.environment().putAll(environment);
    builder.environment().put("SERVER_PORT", Integer.toString(port));
    return builder.start();
  }

  /** Ends it in order, which leaves what it has learnt behind, and starts it again. */
  void train() throws IOException, InterruptedException {
    awaitReady();
    process.destroy();
    if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException(name + " does not end");
    }
    restart();
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it again after a kill. */
  void restart() throws IOException {
    process = launch(false);
  }

  void freeze() throws IOException {
    TestCluster.signal("STOP", process.pid());
  }

  void thaw() throws IOException {
    TestCluster.signal("CONT", process.pid());
  }

  /** Waits until it is ready. */
  void awaitReady() throws IOException, InterruptedException {
    await("/readyz", START);
  }

  private void await(String probe, Duration limit) throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (status(probe) != 200) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException(name + " is not up:\n" + String.join("\n", lastLines()));
      }
      Thread.sleep(200);
    }
  }

  /** The status of an answer; 0 where there is none. */
  int status(String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException unreachable) {
      return 0;
    }
  }

  private List<String> lastLines() throws IOException {
    List<String> lines = lines();
    return lines.subList(Math.max(0, lines.size() - 40), lines.size());
  }

  /** All that it and its predecessors wrote. */
  List<String> lines() throws IOException {
    return Files.readAllLines(log);
  }

  @Override
  public void close() throws InterruptedException, IOException {
    thaw();
    kill();
    client.shutdownNow();
  }
}
