package dev.tiebreak.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class CandidatePropertiesTest {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Bound.class);

  @EnableConfigurationProperties(CandidateProperties.class)
  static final class Bound {}

  @Test
  void hasDefaults() {
    context.run(started -> {
      CandidateProperties properties = started.getBean(CandidateProperties.class);
      assertThat(properties)
          .isEqualTo(new CandidateProperties(Duration.ofMinutes(30), Duration.ofDays(1), null));
      assertThat(properties.residentBytes()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
    });
  }

  @Test
  void takesEverySetting() {
    context
        .withPropertyValues(
            "tiebreak.candidate.merge-timeout=2m",
            "tiebreak.candidate.staging-lifetime=3h",
            "tiebreak.candidate.resident-memory=4GB")
        .run(started -> {
          CandidateProperties properties = started.getBean(CandidateProperties.class);
          assertThat(properties)
              .isEqualTo(
                  new CandidateProperties(
                      Duration.ofMinutes(2), Duration.ofHours(3), DataSize.ofGigabytes(4)));
          assertThat(properties.residentBytes()).isEqualTo(4L << 30);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resident-memory=0",
        "merge-timeout=0",
        "staging-lifetime=1s",
        "resident-memory=much",
      })
  void refusesToStartWithAWrongOne(String setting) {
    context
        .withPropertyValues("tiebreak.candidate." + setting)
        .run(started -> assertThat(started).hasFailed());
  }
}
