package dev.tiebreak.round;

import dev.tiebreak.linalg.CommonsMathLinearAlgebra;
import dev.tiebreak.linalg.LinearAlgebra;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class RoundConfiguration {

  @Bean
  LinearAlgebra linearAlgebra() {
    return new CommonsMathLinearAlgebra();
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
