package dev.tiebreak;

import dev.tiebreak.access.KeyCommand;
import dev.tiebreak.simulation.ReplayCommand;
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

  /**
   * Starts the service; with {@code simulate} or {@code replay} as the first argument, the command
   * of that name against one; with {@code keys}, what it says of its API keys.
   */
  public static void main(String[] arguments) {
    String[] rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
    switch (arguments.length == 0 ? "" : arguments[0]) {
      case "simulate" -> System.exit(Simulation.run(rest));
      case "keys" -> System.exit(KeyCommand.run(rest));
      case "replay" -> System.exit(ReplayCommand.run(rest));
      default -> SpringApplication.run(TiebreakApplication.class, arguments);
    }
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
