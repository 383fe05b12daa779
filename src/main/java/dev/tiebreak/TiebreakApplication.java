package dev.tiebreak;

import dev.tiebreak.simulation.Simulation;
import java.time.Clock;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The service, and the commands that come in the same jar. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class TiebreakApplication {

  /** Starts the service; with {@code simulate} as the first argument, a simulation against one. */
  public static void main(String[] arguments) {
    if (arguments.length > 0 && arguments[0].equals("simulate")) {
      System.exit(Simulation.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
    }
    SpringApplication.run(TiebreakApplication.class, arguments);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
