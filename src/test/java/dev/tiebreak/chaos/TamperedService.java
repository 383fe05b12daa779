package dev.tiebreak.chaos;

import dev.tiebreak.TiebreakApplication;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The service in a process of a run: as it is, but for the {@link Mutation} that a system property
 * names, and a clock that goes wrong by as much as another says.
 */
public final class TamperedService {

  /** The system property that names the mutation. */
  static final String MUTATION = "chaos.mutation";

  private TamperedService() {}

  /** Starts it. */
  public static void main(String[] arguments) {
    SpringApplication application = new SpringApplication(TiebreakApplication.class);
    application.addInitializers(TamperedService::tamper);
    application.run(arguments);
  }

  private static void tamper(ConfigurableApplicationContext context) {
    Mutation mutation = Mutation.valueOf(System.getProperty(MUTATION, Mutation.NONE.name()));
    Duration skew = Duration.ofMillis(Long.getLong(Mutation.SKEW, 0));
    context.addBeanFactoryPostProcessor(factory -> {
      factory.addBeanPostProcessor(new Tampering(mutation));
      BeanDefinitionRegistry registry = (BeanDefinitionRegistry) factory;
      registry.removeBeanDefinition("clock");
      factory.registerSingleton("clock", Clock.offset(Clock.systemUTC(), skew));
      if (mutation == Mutation.NO_SOCKET_TIMEOUT) {
        registry.removeBeanDefinition("linkWatch");
      }
    });
  }
}
