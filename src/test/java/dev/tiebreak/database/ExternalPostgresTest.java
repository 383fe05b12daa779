package dev.tiebreak.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

final class ExternalPostgresTest {

  /** Nothing listens there. */
  private static final String NOWHERE = "jdbc:postgresql://127.0.0.1:1/tiebreak?password=secret";

  @Test
  void refusesUrlsThatAreNotJdbcUrlsOfPostgres() {
    for (String url :
        List.of(
            "postgres://u:secret@h/d",
            "postgresql://u:secret@h/d",
            "jdbc:mysql://h/d?secret",
            "h")) {
      DatabaseFailure failure = failure(url);
      assertThat(failure).hasMessageContaining("not a JDBC URL of PostgreSQL");
      assertThat(failure.getMessage()).as(url).doesNotContain("secret");
      assertThat(failure.action()).contains("jdbc:postgresql://host:5432/database");
    }
  }

  @Test
  void refusesUrlsThatTheDriverCanNotRead() {
    assertThat(failure("jdbc:postgresql://host:port/database"))
        .hasMessageContaining("can't be read");
  }

  @Test
  void namesTheServerThatDoesNotAnswerAndNoPassword() {
    assertThat(failure(NOWHERE))
        .hasMessageContaining("//127.0.0.1:1/tiebreak does not answer")
        .hasMessageNotContaining("secret");
  }

  @Test
  void explainsAFailureInWordsWhenTheServiceCanNotStart() {
    DatabaseFailure failure = failure(NOWHERE);
    List<FailureAnalysis> analyses =
        SpringFactoriesLoader.forDefaultResourceLocation()
            .load(FailureAnalyzer.class, (type, name, needsMore) -> {})
            .stream()
            .filter(DatabaseFailureAnalyzer.class::isInstance)
            .map(analyzer -> analyzer.analyze(new IllegalStateException(failure)))
            .toList();
    assertThat(analyses)
        .singleElement()
        .satisfies(analysis -> {
          assertThat(analysis.getDescription()).isEqualTo(failure.getMessage());
          assertThat(analysis.getAction()).isEqualTo(failure.action());
        });
  }

  private static DatabaseFailure failure(String url) {
    return catchThrowableOfType(
        DatabaseFailure.class,
        () ->
            ExternalPostgres.reach(
                new DatabaseProperties.Database(
                    url,
                    "somebody",
                    "secret",
                    "",
                    "",
                    Duration.ZERO,
                    1,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    1,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1))));
  }
}
