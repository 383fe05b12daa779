package dev.tiebreak.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the chart and the compose file take for granted about the image. */
class DockerfileTest {

  private List<String> lines = List.of();

  @BeforeEach
  void read() throws IOException {
    lines = Files.readAllLines(Path.of("Dockerfile"));
  }

  @Test
  void runsAsTheUserThatTheChartNames() {
    assertThat(last("USER ")).isEqualTo(Packaging.USER + ":" + Packaging.USER);
  }

  @Test
  void isRefusedOnAllAddressesUntilSomeoneAllowsIt() {
    assertThat(lines).anyMatch(line -> line.contains("SERVER_ADDRESS=0.0.0.0"));
    assertThat(lines)
        .noneMatch(line -> !line.startsWith("#") && line.contains("ALLOW_UNAUTHENTICATED"));
  }

  @Test
  void listensWhereTheChartProbes() {
    assertThat(last("EXPOSE ")).isEqualTo("8080");
  }

  @Test
  void handsSignalsAndArgumentsToTheService() {
    // a shell in between would keep both to itself
    assertThat(last("ENTRYPOINT "))
        .startsWith("[\"java\", ")
        .endsWith("\"-jar\", \"tiebreak.jar\"]");
  }

  @Test
  void isBuiltOnAPinnedJava25() {
    assertThat(last("FROM ")).isEqualTo("eclipse-temurin:25-jre");
  }

  @Test
  void sendsToTheEngineWhatItCopies() throws IOException {
    assertThat(Files.readAllLines(Path.of(".dockerignore")))
        .contains("*", "!pom.xml", "!src/main", "!db", "!openapi", "!target/tiebreak.jar");
  }

  private String last(String instruction) {
    return lines.stream()
        .filter(line -> line.startsWith(instruction))
        .reduce((first, second) -> second)
        .orElseThrow()
        .substring(instruction.length());
  }
}
