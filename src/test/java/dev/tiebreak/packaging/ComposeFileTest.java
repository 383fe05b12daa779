package dev.tiebreak.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ComposeFileTest {

  private Map<String, Object> file = Map.of();

  @BeforeEach
  void read() throws IOException {
    file = Packaging.yaml(Path.of("docker-compose.yml"));
  }

  @Test
  void hasNothingThatOldOrNewComposeRejects() {
    // "version" is obsolete in 2, "name" unknown to 1.29
    assertThat(file).containsOnlyKeys("services", "volumes");
  }

  @Test
  void publishesOnThisMachineOnly() {
    List<String> ports = Packaging.texts(file, "services", "tiebreak", "ports");
    assertThat(ports).singleElement().asString().startsWith("127.0.0.1:").endsWith(":8080");
    Map<String, Object> postgres = Packaging.fields(file, "services", "postgres");
    assertThat(postgres).doesNotContainKeys("ports", "network_mode");
    Map<String, Object> tiebreak = Packaging.fields(file, "services", "tiebreak");
    assertThat(tiebreak).doesNotContainKey("network_mode");
  }

  @Test
  void pinsItsImages() {
    assertThat(Packaging.text(file, "services", "tiebreak", "image"))
        .isEqualTo("tiebreak:" + Packaging.version());
    assertThat(Packaging.text(file, "services", "postgres", "image")).matches("postgres:\\d+");
  }

  @Test
  void waitsForADatabaseThatAnswers() {
    assertThat(Packaging.text(file, "services", "tiebreak", "depends_on", "postgres", "condition"))
        .isEqualTo("service_healthy");
    List<String> check = Packaging.texts(file, "services", "postgres", "healthcheck", "test");
    assertThat(check).startsWith("CMD", "pg_isready");
  }

  @Test
  void givesServiceAndDatabaseTheSameNamesAndPassword() {
    Map<String, Object> service = Packaging.fields(file, "services", "tiebreak", "environment");
    Map<String, Object> database = Packaging.fields(file, "services", "postgres", "environment");
    assertThat(service.get("TIEBREAK_DATABASE_USERNAME")).isEqualTo(database.get("POSTGRES_USER"));
    assertThat(service.get("TIEBREAK_DATABASE_PASSWORD"))
        .isEqualTo(database.get("POSTGRES_PASSWORD"))
        .asString()
        .startsWith("${TIEBREAK_DATABASE_PASSWORD:-");
    assertThat(service.get("TIEBREAK_DATABASE_URL"))
        .isEqualTo("jdbc:postgresql://postgres:5432/" + database.get("POSTGRES_USER"));
  }

  @Test
  void keepsTheDataInAVolume() {
    List<String> volumes = Packaging.texts(file, "services", "postgres", "volumes");
    assertThat(volumes).containsExactly("postgres:/var/lib/postgresql");
    assertThat(Packaging.text(file, "services", "postgres", "environment", "PGDATA"))
        .startsWith("/var/lib/postgresql/");
    Map<String, Object> declared = Packaging.fields(file, "volumes");
    assertThat(declared).containsKey("postgres");
  }

  @Test
  void givesTheServiceTimeToFinish() throws IOException {
    String phase =
        Packaging.text(
            Packaging.yaml(Path.of("src/main/resources/application.yaml")),
            "spring",
            "lifecycle",
            "timeout-per-shutdown-phase");
    String grace = Packaging.text(file, "services", "tiebreak", "stop_grace_period");
    assertThat(seconds(grace)).isGreaterThan(2 * seconds(phase));
  }

  private static int seconds(String duration) {
    assertThat(duration).matches("\\d+s");
    return Integer.parseInt(duration.replace("s", ""));
  }

  @Test
  void runsTheServiceWithoutPrivileges() {
    Map<String, Object> service = Packaging.fields(file, "services", "tiebreak");
    assertThat(service)
        .containsEntry("read_only", true)
        .containsEntry("tmpfs", List.of("/tmp:exec"))
        .containsEntry("cap_drop", List.of("ALL"))
        .containsEntry("security_opt", List.of("no-new-privileges:true"))
        .doesNotContainKeys("privileged", "user", "cap_add");
  }
}
