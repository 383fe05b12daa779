package dev.tiebreak.access;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys and the record of them, for the service as for the command. */
@Configuration(proxyBeanMethods = false)
class KeyConfiguration {

  @Bean
  ApiKeys apiKeys(JdbcClient jdbc) {
    return new ApiKeys(jdbc);
  }

  @Bean
  AuditTrail auditTrail(JdbcClient jdbc) {
    return new AuditTrail(jdbc);
  }

  @Bean
  KeyIssue keyIssue(ApiKeys keys, AuditTrail trail) {
    return new KeyIssue(keys, trail);
  }

  @Bean
  KeyCheck keyCheck(ApiKeys keys) {
    return new KeyCheck(keys);
  }
}
