package dev.tiebreak.chaos;

import dev.tiebreak.database.TestCluster;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Starts processes of the service in a few seconds: a run starts many. Classes are packed into a
 * jar, and what a first start has learnt is kept in Java's ahead-of-time cache, which is of no use
 * for classes in directories.
 */
final class Launcher implements AutoCloseable {

  private static final List<String> JVM =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx384m",
          "--enable-native-access=ALL-UNNAMED");

  private final String classPath;
  private final Path cache;
  private final Path temporary;
  private final Path programs;

  private Launcher(String classPath, Path cache) throws IOException {
    this.classPath = classPath;
    this.cache = cache;
    this.temporary = Files.createTempDirectory("tiebreak-programs");
    this.programs = TestCluster.programs(temporary);
  }

  /** PostgreSQL's programs. */
  Path programs() {
    return programs;
  }

  @Override
  public void close() throws IOException {
    FileSystemUtils.deleteRecursively(temporary);
  }

  /**
   * With jar and cache in this directory; those of an earlier run serve if no class has changed.
   */
  static Launcher in(Path directory) throws IOException {
    Files.createDirectories(directory);
    List<Path> folders = new ArrayList<>();
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        folders.add(path);
      } else if (Files.exists(path)) {
        entries.add(path.toAbsolutePath().toString());
      }
    }
    Path jar = directory.toAbsolutePath().resolve("classes.jar");
    Path cache = directory.toAbsolutePath().resolve("service.aot");
    if (Files.notExists(jar) || newest(folders).compareTo(Files.getLastModifiedTime(jar)) > 0) {
      Files.deleteIfExists(cache);
      pack(folders, jar);
    }
    entries.addFirst(jar.toString());
    return new Launcher(String.join(File.pathSeparator, entries), cache);
  }

  private static FileTime newest(List<Path> folders) throws IOException {
    FileTime newest = FileTime.fromMillis(0);
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          FileTime time = Files.getLastModifiedTime(file);
          newest = time.compareTo(newest) > 0 ? time : newest;
        }
      }
    }
    return newest;
  }

  private static void pack(List<Path> folders, Path jar) throws IOException {
    Path unfinished = jar.resolveSibling("classes.jar.unfinished");
    Set<String> packed = new HashSet<>();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished));
        JarOutputStream entries = new JarOutputStream(out)) {
      for (Path folder : folders) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : (Iterable<Path>) files.sorted()::iterator) {
            String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
            // folders too, as Spring and Flyway look for them
            String entry = Files.isDirectory(file) ? name + "/" : name;
            if (!name.isEmpty() && packed.add(entry)) {
              entries.putNextEntry(new JarEntry(entry));
              if (!Files.isDirectory(file)) {
                Files.copy(file, entries);
              }
              entries.closeEntry();
            }
          }
        }
      }
    }
    Files.move(unfinished, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Whether a process has yet to teach the others. */
  boolean isUntrained() {
    return Files.notExists(cache) || cache.toFile().length() == 0;
  }

  /**
   * The command of a process.
   *
   * @param trains whether it leaves the cache behind when it ends in order
   */
  List<String> command(List<String> options, boolean trains) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(JVM);
    command.add((trains ? "-XX:AOTCacheOutput=" : "-XX:AOTCache=") + cache);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, TamperedService.class.getName()));
    return command;
  }
}
