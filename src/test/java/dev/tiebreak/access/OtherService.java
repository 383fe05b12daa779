package dev.tiebreak.access;

import dev.tiebreak.TiebreakApplication;
import java.net.URI;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * A process of the service beside the one that tests share, as far as either can tell: a context
 * and a port of its own.
 */
final class OtherService implements AutoCloseable {

  private static final String[] SHARED = {
    "tiebreak.database.url",
    "tiebreak.database.username",
    "tiebreak.database.password",
    "tiebreak.access.authentication",
    "tiebreak.access.oidc.issuer",
    "tiebreak.access.oidc.audience",
    "tiebreak.access.oidc.client-id"
  };

  private final ConfigurableApplicationContext context;

  private OtherService(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts one with the settings of the first, and these. */
  static OtherService beside(Environment first, String... settings) {
    return start(
        Stream.concat(
                Arrays.stream(SHARED).map(name -> name + "=" + first.getProperty(name, "")),
                Arrays.stream(settings))
            .toArray(String[]::new));
  }

  /** Starts one with these settings. */
  static OtherService start(String... settings) {
    String[] arguments =
        Stream.concat(Stream.of("server.port=0"), Arrays.stream(settings))
            .map(setting -> "--" + setting)
            .toArray(String[]::new);
    return new OtherService(new SpringApplicationBuilder(TiebreakApplication.class).run(arguments));
  }

  /** Where it listens. */
  URI service() {
    return URI.create(
        "http://127.0.0.1:"
            + Objects.requireNonNull(
                context.getEnvironment().getProperty("local.server.port", Integer.class)));
  }

  @Override
  public void close() {
    context.close();
  }
}
