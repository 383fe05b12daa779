package dev.tiebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.simulation.Contract.LogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {

  @TempDir Path directory;

  private static Journal.Line line(String lease, @Nullable String verdict, Preference preference) {
    return new Journal.Line("p", "annotator-1", lease, preference, verdict, "COUNTED", true);
  }

  private static LogEntry entry(String verdict, String comparison, String preference) {
    return new LogEntry(verdict, comparison, preference, "annotator-1", "COUNTED", true);
  }

  @Test
  void keepsLinesAcrossRunsAndPassesOverATornOne() throws IOException {
    Path file = directory.resolve("journal");
    try (Journal journal = Journal.open(file)) {
      journal.append(List.of(line("a", "1", Preference.LEFT), line("b", null, Preference.SKIP)));
    }
    Files.writeString(file, "{\"project\": \"p\", \"ann", StandardOpenOption.APPEND);
    try (Journal journal = Journal.open(file)) {
      journal.append(List.of(line("c", "2", Preference.TIE)));
    }

    assertThat(Journal.read(file))
        .containsExactly(
            line("a", "1", Preference.LEFT),
            line("b", null, Preference.SKIP),
            line("c", "2", Preference.TIE));
  }

  @Test
  void refusesAFileThatIsNoJournal() throws IOException {
    Path file = Files.writeString(directory.resolve("text"), "a\nb\n");
    assertThatThrownBy(() -> Journal.read(file)).hasMessageContaining("is not a journal");
    assertThatThrownBy(() -> Journal.read(directory.resolve("none")))
        .hasMessageContaining("doesn't exist");
  }

  @Test
  void isCleanWhereTheLogHoldsEveryVerdictOnce() {
    JournalCheck check =
        JournalCheck.of(
            List.of(
                line("a", "1", Preference.LEFT),
                line("a", "1", Preference.LEFT),
                line("b", "2", Preference.RIGHT),
                line("c", null, Preference.TIE)),
            List.of(entry("1", "7", "LEFT"), entry("2", "8", "RIGHT"), entry("3", "9", "TIE")));

    assertThat(check).isEqualTo(new JournalCheck(2, 3, List.of(), List.of()));
    assertThat(check.clean()).isTrue();
  }

  @Test
  void findsLostAndChangedVerdicts() {
    JournalCheck check =
        JournalCheck.of(
            List.of(
                line("a", "1", Preference.LEFT),
                line("b", "2", Preference.RIGHT),
                line("c", "2", Preference.RIGHT),
                line("d", "3", Preference.TIE)),
            List.of(entry("2", "8", "RIGHT"), entry("3", "9", "LEFT")));

    assertThat(check.lost()).containsExactly("1", "2", "3");
    assertThat(check.clean()).isFalse();
  }

  @Test
  void findsVerdictsThatStandTwice() {
    JournalCheck check =
        JournalCheck.of(
            List.of(),
            List.of(
                entry("1", "7", "LEFT"),
                entry("1", "7", "LEFT"),
                entry("2", "7", "LEFT"),
                entry("3", "8", "LEFT")));

    assertThat(check.duplicated()).containsExactly("1", "2");
  }
}
