package dev.tiebreak.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.io.IOUtils;
import org.apache.commons.lang3.StringUtils;
import org.slf4j.Logger;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/**
 * A JVM of its own that runs an {@link EmbeddedPostgres}, as a service does; under another account
 * and environment where wanted.
 */
final class ServiceProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private ServiceProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /** The program: a start, then a statement a line, then an orderly end. */
  public static void main(String[] arguments) throws Exception {
    DataDirectory directory = DataDirectory.at(Path.of(arguments[0]));
    try (EmbeddedPostgres server = EmbeddedPostgres.start(directory, Path.of(arguments[1]))) {
      System.out.println("port=" + server.port());
      Stream<String> lines = new BufferedReader(new InputStreamReader(System.in)).lines();
      for (String sql : (Iterable<String>) lines::iterator) {
        Sessions.execute(server, sql);
        System.out.println("done");
      }
    } catch (DatabaseFailure failure) {
      System.out.println("failure=" + failure.getMessage() + " " + failure.action());
    }
  }

  /** Starts one as this user. */
  static ServiceProcess start(Path directory, Path programs) throws IOException {
    return start(List.of(), System.getProperty("java.class.path"), "", directory, programs);
  }

  static ServiceProcess start(
      List<String> prefix, String classPath, String firstOnPath, Path directory, Path programs)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath));
    command.addAll(List.of(ServiceProcess.class.getName()));
    command.addAll(List.of(directory.toString(), programs.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
    builder.redirectErrorStream(true);
    builder.environment().merge("PATH", firstOnPath, (path, first) -> first + ":" + path);
    return new ServiceProcess(builder.start());
  }

  /** A class path that every user can read, below {@code directory}. */
  static String readableClassPath(Path directory)
      throws IOException, URISyntaxException, SQLException {
    List<String> entries = new ArrayList<>();
    for (URI source : sources()) {
      Path entry = Path.of(source);
      Path copy = directory.resolve(entries.size() + "-" + entry.getFileName());
      if (Files.isDirectory(entry)) {
        FileSystemUtils.copyRecursively(entry, copy);
      } else {
        Files.copy(entry, copy);
      }
      entries.add(copy.toString());
    }
    return String.join(":", entries);
  }

  private static List<URI> sources() throws IOException, URISyntaxException, SQLException {
    List<URI> sources = new ArrayList<>();
    URL archive = ServiceProcess.class.getResource("/" + PostgresPrograms.archive());
    sources.add(((JarURLConnection) archive.openConnection()).getJarFileURL().toURI());
    for (Class<?> type :
        List.of(
            ServiceProcess.class,
            EmbeddedPostgres.class,
            DriverManager.getDriver("jdbc:postgresql:tiebreak").getClass(),
            TarArchiveInputStream.class,
            XZInputStream.class,
            IOUtils.class,
            StringUtils.class,
            Logger.class,
            FileSystemUtils.class)) {
      sources.add(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
    return sources;
  }

  static void openToAll(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  /** The port, once the server is up. */
  int awaitPort() throws IOException {
    return Integer.parseInt(await("port="));
  }

  /** What the failed start said. */
  String awaitFailure() throws IOException {
    return await("failure=");
  }

  /** Executes a statement in the process. */
  void execute(String sql) throws IOException {
    process.outputWriter().write(sql + "\n");
    process.outputWriter().flush();
    await("done");
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  long number() {
    return process.pid();
  }

  /** Lets it end in order. */
  @Override
  public void close() throws IOException {
    try {
      process.outputWriter().close();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("did not end");
      }
    } catch (InterruptedException exception) {
      Thread.currentThread().interrupt();
    }
  }

  private String await(String prefix) throws IOException {
    List<String> said = new ArrayList<>();
    while (true) {
      String line = output.readLine();
      if (line == null) {
        throw new IOException("ended without \"" + prefix + "\": " + said);
      }
      if (line.startsWith(prefix)) {
        return line.substring(prefix.length());
      }
      said.add(line);
    }
  }
}
