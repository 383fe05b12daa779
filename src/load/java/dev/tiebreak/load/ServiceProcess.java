package dev.tiebreak.load;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** The service as it was built, a process of its own with an embedded PostgreSQL of its own. */
final class ServiceProcess implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(10);
  private static final long STOP_SECONDS = 90;

  private final Process process;
  private final Path directory;
  private final int port;

  private ServiceProcess(Process process, Path directory, int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
  }

  /** Starts it on an empty data directory and waits until it is ready. */
  static ServiceProcess start(Options options) throws IOException, InterruptedException {
    Path data = options.directory().resolve("data").toAbsolutePath();
    FileSystemUtils.deleteRecursively(data);
    Files.createDirectories(data);
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(options.jvm());
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(List.of("-jar", options.jar().toAbsolutePath().toString()));
    command.add("--server.port=" + port);
    command.add("--tiebreak.data-directory=" + data);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(options.directory().resolve("service.log").toFile())
            .start();
    ServiceProcess service = new ServiceProcess(process, data, port);
    Runtime.getRuntime().addShutdownHook(new Thread(service::close));
    service.awaitReady();
    return service;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    try (Client client = new Client(uri())) {
      while (!isReady(client)) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IOException("The service did not start: see its log");
        }
        Thread.sleep(500);
      }
    }
  }

  private static boolean isReady(Client client) {
    try {
      return client.get("/readyz").status() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** The PostgreSQL that it started. */
  ProcessHandle postgres() throws IOException {
    String file = Files.readString(directory.resolve("postgresql").resolve("postmaster.pid"));
    return ProcessHandle.of(Long.parseLong(file.lines().findFirst().orElseThrow())).orElseThrow();
  }

  /** Ends it in order, and by force where that takes too long. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
