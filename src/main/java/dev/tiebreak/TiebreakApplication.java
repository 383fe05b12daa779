package dev.tiebreak;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service. */
@SpringBootApplication
public class TiebreakApplication {

  /** Starts the service. */
  public static void main(String[] arguments) {
    SpringApplication.run(TiebreakApplication.class, arguments);
  }
}
