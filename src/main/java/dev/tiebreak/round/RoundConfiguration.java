package dev.tiebreak.round;

import dev.tiebreak.linalg.Backend;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.UnavailableBackendException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The kernels of rounds.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>type</th><th>tags</th><th>what</th></tr>
 * <tr><td>tiebreak.linalg.info</td><td>gauge</td><td>backend, version, threads</td><td>1</td></tr>
 * </table>
 */
@Configuration(proxyBeanMethods = false)
class RoundConfiguration {

  private static final Logger log = LoggerFactory.getLogger(RoundConfiguration.class);

  @Bean
  LinearAlgebra linearAlgebra(LinearAlgebraProperties properties, MeterRegistry registry)
      throws UnavailableBackendException {
    Backend.Opened opened = properties.backend().open(properties.threadsOrAll());
    String backend = opened.backend().name().toLowerCase(Locale.ROOT);
    if (opened.reason() == null) {
      log.info(
          "linalg backend={} threads={} library=\"{}\"",
          backend,
          opened.threads(),
          opened.configuration());
    } else {
      log.warn(
          "linalg backend={} threads={} library=\"{}\" slower=\"{}\"",
          backend,
          opened.threads(),
          opened.configuration(),
          opened.reason());
    }
    Gauge.builder("tiebreak.linalg.info", () -> 1)
        .description("What the numbers of rounds are computed with")
        .tag("backend", backend)
        .tag("version", opened.version())
        .tag("threads", Integer.toString(opened.threads()))
        .register(registry);
    return opened.algebra();
  }

  /** For requests. */
  @Bean
  @Primary
  Fits fits(JdbcClient jdbc) {
    return new Fits(jdbc);
  }

  /** For rounds, which have connections of their own. */
  @Bean
  Fits roundFits(@Qualifier("roundJdbcClient") JdbcClient jdbc) {
    return new Fits(jdbc);
  }
}
