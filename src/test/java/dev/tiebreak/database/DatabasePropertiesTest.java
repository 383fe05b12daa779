package dev.tiebreak.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

final class DatabasePropertiesTest {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withUserConfiguration(Bound.class)
          .withInitializer(DatabasePropertiesTest::forgetThisMachine);

  @EnableConfigurationProperties(DatabaseProperties.class)
  static final class Bound {}

  private static void forgetThisMachine(ConfigurableApplicationContext context) {
    context.getEnvironment().getPropertySources().remove("systemEnvironment");
  }

  @Test
  void embedsPostgresInTheWorkingDirectoryByDefault() {
    context.run(started -> {
      DatabaseProperties properties = started.getBean(DatabaseProperties.class);
      assertThat(properties.directory()).isEqualTo(Path.of("./data"));
      assertThat(properties.database())
          .isEqualTo(
              new DatabaseProperties.Database(
                  "",
                  "",
                  "",
                  "",
                  "",
                  Duration.ofSeconds(20),
                  16,
                  Duration.ofSeconds(30),
                  Duration.ofSeconds(10),
                  4,
                  Duration.ofMinutes(10),
                  Duration.ofSeconds(8)));
    });
  }

  @Test
  void takesEverySettingFromOutside() {
    context
        .withInitializer(new ConfigDataApplicationContextInitializer())
        .withPropertyValues(
            "TIEBREAK_DATA_DIRECTORY=/var/lib/tiebreak",
            "TIEBREAK_DATABASE_URL=jdbc:postgresql://db/tiebreak",
            "TIEBREAK_DATABASE_USERNAME=service",
            "TIEBREAK_DATABASE_PASSWORD=secret",
            "TIEBREAK_DATABASE_OWNER_USERNAME=owner",
            "TIEBREAK_DATABASE_OWNER_PASSWORD=other",
            "tiebreak.database.start-timeout=1s",
            "tiebreak.database.connections=8",
            "tiebreak.database.statement-timeout=2s",
            "tiebreak.database.lock-timeout=5s",
            "tiebreak.database.round-connections=2",
            "tiebreak.database.round-statement-timeout=3m",
            "tiebreak.database.idle-in-transaction-timeout=4s")
        .run(started ->
            assertThat(started.getBean(DatabaseProperties.class))
                .isEqualTo(
                    new DatabaseProperties(
                        "/var/lib/tiebreak",
                        new DatabaseProperties.Database(
                            "jdbc:postgresql://db/tiebreak",
                            "service",
                            "secret",
                            "owner",
                            "other",
                            Duration.ofSeconds(1),
                            8,
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(5),
                            2,
                            Duration.ofMinutes(3),
                            Duration.ofSeconds(4)))));
  }

  @Test
  void refusesWhatCanNotWork() {
    for (String setting :
        new String[] {
          "connections=0",
          "round-connections=0",
          "statement-timeout=0s",
          "lock-timeout=0s",
          "round-statement-timeout=-1s",
          "idle-in-transaction-timeout=0"
        }) {
      context
          .withPropertyValues("tiebreak.database." + setting)
          .run(started -> assertThat(started).as(setting).hasFailed());
    }
  }

  @Test
  void tellsNoPassword() {
    context
        .withPropertyValues(
            "tiebreak.database.password=secret",
            "tiebreak.database.owner-password=secret",
            "tiebreak.database.url=jdbc:postgresql://db/tiebreak?password=secret")
        .run(started ->
            assertThat(started.getBean(DatabaseProperties.class).toString())
                .doesNotContain("secret"));
  }
}
