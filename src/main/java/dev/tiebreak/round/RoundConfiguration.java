package dev.tiebreak.round;

import dev.tiebreak.linalg.CommonsMathLinearAlgebra;
import dev.tiebreak.linalg.LinearAlgebra;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RoundConfiguration {

  @Bean
  LinearAlgebra linearAlgebra() {
    return new CommonsMathLinearAlgebra();
  }
}
