package dev.tiebreak.access;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/**
 * Keeps a service without authentication on loopback, unless it is explicitly allowed elsewhere.
 */
@Component
class LoopbackGuard {

  private static final Logger log = LoggerFactory.getLogger(LoopbackGuard.class);

  LoopbackGuard(ServerProperties server, AccessProperties access) {
    @Nullable InetAddress address = server.getAddress();
    boolean loopback = address != null && address.isLoopbackAddress();
    if (!loopback && !access.allowUnauthenticated()) {
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
