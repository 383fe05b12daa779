package dev.tiebreak.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ReplayPropertiesTest {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Bound.class);

  @EnableConfigurationProperties(ReplayProperties.class)
  static final class Bound {}

  @Test
  void hasDefaults() {
    context.run(started -> {
      ReplayProperties properties = started.getBean(ReplayProperties.class);
      assertThat(properties)
          .isEqualTo(
              new ReplayProperties(
                  true,
                  null,
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(15),
                  Duration.ofMinutes(1),
                  5));
      assertThat(properties.threadsOrAll()).isEqualTo(Runtime.getRuntime().availableProcessors());
    });
  }

  @Test
  void takesEverySetting() {
    context
        .withPropertyValues(
            "tiebreak.replay.enabled=false",
            "tiebreak.replay.threads=3",
            "tiebreak.replay.watch-interval=2s",
            "tiebreak.replay.hold=20s",
            "tiebreak.replay.give-way=0s",
            "tiebreak.replay.attempts=2")
        .run(started -> {
          ReplayProperties properties = started.getBean(ReplayProperties.class);
          assertThat(properties)
              .isEqualTo(
                  new ReplayProperties(
                      false, 3, Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ZERO, 2));
          assertThat(properties.threadsOrAll()).isEqualTo(3);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"threads=0", "watch-interval=1ms", "hold=1s", "attempts=0", "enabled=maybe"})
  void refusesToStartWithAWrongOne(String setting) {
    context
        .withPropertyValues("tiebreak.replay." + setting)
        .run(started -> assertThat(started).hasFailed());
  }
}
