package dev.tiebreak.round;

import dev.tiebreak.design.PairKernels;
import dev.tiebreak.linalg.Backend;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.UnavailableBackendException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The kernels of rounds.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>type</th><th>tags</th><th>what</th></tr>
 * <tr><td>tiebreak.linalg.info</td><td>gauge</td><td>backend, version, threads, kernels</td><td>1</td></tr>
 * </table>
 */
@Configuration(proxyBeanMethods = false)
class LinearAlgebraConfiguration {

  private static final Logger log = LoggerFactory.getLogger(LinearAlgebraConfiguration.class);

  @Bean
  LinearAlgebra linearAlgebra(LinearAlgebraProperties properties, MeterRegistry registry)
      throws UnavailableBackendException {
    Backend.Opened opened = properties.backend().open(properties.threadsOrAll());
    String backend = opened.backend().name().toLowerCase(Locale.ROOT);
    if (opened.reason() == null) {
      log.info(
          "linalg backend={} threads={} library=\"{}\" kernels={}",
          backend,
          opened.threads(),
          opened.configuration(),
          PairKernels.chosen());
    } else {
      log.warn(
          "linalg backend={} threads={} library=\"{}\" kernels={} slower=\"{}\"",
          backend,
          opened.threads(),
          opened.configuration(),
          PairKernels.chosen(),
          opened.reason());
    }
    Gauge.builder("tiebreak.linalg.info", () -> 1)
        .description("What the numbers of rounds are computed with")
        .tag("backend", backend)
        .tag("version", opened.version())
        .tag("threads", Integer.toString(opened.threads()))
        .tag("kernels", PairKernels.chosen())
        .register(registry);
    return opened.algebra();
  }
}
