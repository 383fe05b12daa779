package dev.tiebreak.round;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Whose connections the stored fits are read by. */
@Configuration(proxyBeanMethods = false)
class RoundConfiguration {

  /** For requests. */
  @Bean
  @Primary
  Fits fits(JdbcClient jdbc, JsonMapper json) {
    return new Fits(jdbc, json);
  }

  /** For rounds, which have connections of their own. */
  @Bean
  Fits roundFits(@Qualifier("roundJdbcClient") JdbcClient jdbc, JsonMapper json) {
    return new Fits(jdbc, json);
  }
}
