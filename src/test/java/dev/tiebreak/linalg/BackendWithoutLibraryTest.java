package dev.tiebreak.linalg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, as a library is loaded once a process. */
final class BackendWithoutLibraryTest {

  /** Says what opens. */
  static final class Program {

    public static void main(String[] arguments) throws UnavailableBackendException {
      Backend.Opened opened = Backend.AUTO.open(1);
      System.out.println(opened.backend() + ": " + opened.reason());
      if (arguments.length > 0) {
        Backend.OPENBLAS.open(1);
      }
    }
  }

  @TempDir Path directory;

  @Test
  void javaIsTakenAndTheReasonGiven() throws IOException, InterruptedException {
    Path missing = directory.resolve("missing");
    assertThat(run(missing))
        .contains("JAVA: OpenBLAS cannot be unpacked: ")
        .contains(missing.toString());
  }

  @Test
  void askingForItIsAnErrorThatSaysWhy() throws IOException, InterruptedException {
    assertThat(run(directory.resolve("missing"), "OPENBLAS"))
        .contains("UnavailableBackendException: OpenBLAS cannot be unpacked: ");
  }

  @Test
  void nothingIsLeftBehind() throws IOException, InterruptedException {
    assertThat(run(directory)).contains("OPENBLAS: null");
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  private static String run(Path temporary, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx64m",
                "-Djava.io.tmpdir=" + temporary,
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var output = process.getInputStream()) {
      String said = new String(output.readAllBytes(), UTF_8);
      process.waitFor();
      return said;
    }
  }
}
