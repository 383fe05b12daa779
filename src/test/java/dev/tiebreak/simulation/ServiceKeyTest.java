package dev.tiebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceKeyTest {

  @Test
  void comesByFileElseByTheEnvironment(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("key"), " tb_a_b\n");
    assertThat(ServiceKey.read(file, "tb_c_d")).isEqualTo("tb_a_b");
    assertThat(ServiceKey.read(null, "tb_c_d ")).isEqualTo("tb_c_d");
    assertThat(ServiceKey.read(null, " ")).isNull();
    assertThat(ServiceKey.read(null, null)).isNull();
  }

  @Test
  void refusesWhatIsNoKeyWithoutRepeatingIt(@TempDir Path folder) throws IOException {
    Path two = Files.writeString(folder.resolve("two"), "tb_a\ntb_b");
    assertThatThrownBy(() -> ServiceKey.read(two, null))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--key-file holds no key")
        .hasMessageNotContaining("tb_a");
    assertThatThrownBy(() -> ServiceKey.read(folder.resolve("none"), null))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("cannot read");
    assertThatThrownBy(() -> ServiceKey.read(null, "a b"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("TIEBREAK_API_KEY");
  }
}
