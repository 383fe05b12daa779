package dev.tiebreak.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How sought the connections for requests are. */
@Component
public class ConnectionDemand {

  private final HikariDataSource connections;

  ConnectionDemand(HikariDataSource dataSource) {
    this.connections = dataSource;
  }

  /** Requests that wait for a connection now. */
  public int waiting() {
    // null before the first connection
    @Nullable HikariPoolMXBean pool = connections.getHikariPoolMXBean();
    return pool == null ? 0 : pool.getThreadsAwaitingConnection();
  }
}
