package dev.tiebreak.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failures pass by themselves, and which of them took the session with them. */
final class LostConnectionTest {

  @ParameterizedTest
  @CsvSource({
    "08006, true, true",
    "08001, true, true",
    "57P01, true, true",
    "25P03, true, true",
    "25006, true, true",
    "55P03, true, false",
    "53300, true, false",
    "57014, false, false",
    "23505, false, false",
    "42601, false, false",
    ", false, false"
  })
  void tellsByTheStateOfAnyCause(String state, boolean passing, boolean lost) {
    Throwable failure =
        new IllegalStateException(new RuntimeException(new SQLException("said", state)));
    assertThat(LostConnection.isPassing(failure)).isEqualTo(passing);
    assertThat(LostConnection.isLost(failure)).isEqualTo(lost);
  }

  @Test
  void knowsAPoolThatHasNoConnectionToGive() {
    Throwable failure = new IllegalStateException(new SQLTransientConnectionException("none"));
    assertThat(LostConnection.isPassing(failure)).isTrue();
    assertThat(LostConnection.isLost(failure)).isFalse();
  }
}
