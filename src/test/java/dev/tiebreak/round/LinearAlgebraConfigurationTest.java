package dev.tiebreak.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.linalg.Backend;
import dev.tiebreak.linalg.LinearAlgebra;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class LinearAlgebraConfigurationTest {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withUserConfiguration(Bound.class, LinearAlgebraConfiguration.class)
          .withBean(
              PrometheusMeterRegistry.class,
              () -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));

  @EnableConfigurationProperties(LinearAlgebraProperties.class)
  static final class Bound {}

  @Test
  void takesTheNativeLibraryAndAllProcessorsByDefault() {
    int processors = Runtime.getRuntime().availableProcessors();
    context.run(started -> {
      assertThat(started.getBean(LinearAlgebraProperties.class))
          .isEqualTo(new LinearAlgebraProperties(Backend.AUTO, null));
      assertInfo(started, "openblas", processors);
    });
  }

  @Test
  void takesEverySetting() {
    context
        .withPropertyValues("tiebreak.linalg.backend=JAVA", "tiebreak.linalg.threads=3")
        .run(started -> {
          assertThat(started.getBean(LinearAlgebraProperties.class))
              .isEqualTo(new LinearAlgebraProperties(Backend.JAVA, 3));
          assertThat(started).hasSingleBean(LinearAlgebra.class);
          assertInfo(started, "java", 3);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"backend=MKL", "threads=0", "threads=1025", "threads=many"})
  void refusesToStartWithAWrongOne(String setting) {
    context
        .withPropertyValues("tiebreak.linalg." + setting)
        .run(started -> assertThat(started).hasFailed());
  }

  /** As Prometheus reads it. */
  private static void assertInfo(
      AssertableApplicationContext started, String backend, int threads) {
    assertThat(started.getBean(PrometheusMeterRegistry.class).scrape())
        .containsPattern(
            "tiebreak_linalg_info\\{backend=\"%s\",kernels=\"(plain|vector-[0-9]+)\",threads=\"%d\",version=\".+\"} 1"
                .formatted(backend, threads));
  }
}
