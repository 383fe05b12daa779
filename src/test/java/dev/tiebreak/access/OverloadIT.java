package dev.tiebreak.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.database.ConnectionDemand;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@IntegrationTest
class OverloadIT {

  private static final int CROWD = 300;
  private static final int MOST_WAITING = 128;

  private final Http http;
  private final HikariDataSource connections;
  private final ConnectionDemand demand;
  private final MeterRegistry meters;

  OverloadIT(
      Http http, HikariDataSource connections, ConnectionDemand demand, MeterRegistry meters) {
    this.http = http;
    this.connections = connections;
    this.demand = demand;
    this.meters = meters;
  }

  @Test
  void whoWouldWaitTooLongForAConnectionIsTurnedAwayAtOnce() throws InterruptedException {
    http.put("/projects/overload", Map.of("dimension", 1)).expect(201);
    CountDownLatch over = new CountDownLatch(1);
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (int i = 0; i < CROWD; i++) {
          crowd.execute(() -> take(over));
        }
        while (demand.waiting() < MOST_WAITING) {
          Thread.sleep(1);
        }
        double shed = shed();
        Answer refused =
            http.get("/next-batch?project=overload&annotator=a", "X-Request-Id", "crowd");
        assertThat(refused.expect(503, "unavailable").header("Retry-After")).isEqualTo("1");
        assertThat(refused.header("X-Request-Id")).isEqualTo("crowd");
        assertThat(shed()).isGreaterThan(shed);
        http.get("/livez").expect(200);
      } finally {
        over.countDown();
      }
    }
    http.get("/next-batch?project=overload&annotator=a").expect(200);
  }

  /** Holds a connection, or waits for one again and again. */
  private void take(CountDownLatch over) {
    while (over.getCount() > 0) {
      try (Connection connection = connections.getConnection()) {
        connection.setAutoCommit(true);
        over.await();
      } catch (SQLException tookTooLong) {
        continue;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private double shed() {
    return meters.get("tiebreak.requests.shed").counter().count();
  }
}
