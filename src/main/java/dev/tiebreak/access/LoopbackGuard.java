package dev.tiebreak.access;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Keeps a service without authentication on loopback, unless it is explicitly allowed elsewhere. It
 * runs before any bean is made, so that a service that must not start touches no database.
 */
@Component
class LoopbackGuard implements BeanFactoryPostProcessor, EnvironmentAware {

  private static final Logger log = LoggerFactory.getLogger(LoopbackGuard.class);

  private @Nullable Environment environment;

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    if (environment == null) {
      throw new IllegalStateException("no environment");
    }
    AccessProperties access = AccessProperties.of(environment);
    if (access.authenticates()) {
      log.info("authentication=on issuer=\"{}\"", access.oidc().issuer());
      return;
    }
    Binder settings = Binder.get(environment);
    check(address(settings, "server.address"), access.allowUnauthenticated());
    if (ManagementPortType.get(environment) == ManagementPortType.DIFFERENT) {
      check(address(settings, "management.server.address"), access.allowUnauthenticated());
    }
  }

  private static @Nullable InetAddress address(Binder settings, String name) {
    return settings.bind(name, InetAddress.class).orElse(null);
  }

  /**
   * Throws where strangers would reach the service.
   *
   * @param address where it is to listen; null: everywhere
   */
  static void check(@Nullable InetAddress address, boolean allowUnauthenticated) {
    boolean loopback = address != null && address.isLoopbackAddress();
    if (!loopback && !allowUnauthenticated) {
      throw new UnprotectedAddressException(address == null ? "all" : address.getHostAddress());
    }
    log.info(
        "authentication=off listening={} detail=\"{}\"",
        loopback ? "loopback" : "beyond loopback",
        loopback
            ? "whoever has an account on this machine may do all"
            : "whoever reaches this address may do all");
  }
}
