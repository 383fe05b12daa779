package dev.tiebreak.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.OwnerSql;
import dev.tiebreak.RemoteProject;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Probes, also where the database could lose what it acknowledges. */
@IntegrationTest
class ProbeIT {

  private final Http http;
  private final HikariDataSource pool;
  private final JdbcClient owner;

  ProbeIT(Http http, HikariDataSource pool, Environment environment) {
    this.http = http;
    this.pool = pool;
    this.owner = OwnerSql.of(environment);
  }

  @Test
  void livesAndIsReady() {
    Answer lives = http.get("/livez").expect(200);
    assertThat(lives.json().path("status").asString()).isEqualTo("UP");
    assertThat(lives.header("Cache-Control")).isEqualTo("no-store");
    Answer ready = http.get("/readyz").expect(200);
    assertThat(ready.json().path("status").asString()).isEqualTo("UP");
    assertThat(ready.json().path("checks").path("database").asString()).isEqualTo("UP");
  }

  @Test
  void isNotReadyWhileAcknowledgedWritesCouldBeLost() {
    String database =
        owner.sql("select quote_ident(current_database())").query(String.class).single();
    set(database, "set synchronous_commit = off");
    try {
      RemoteProject.until("unreadiness", () -> http.get("/readyz").status() == 503);
      Answer down = http.get("/readyz").expect(503);
      assertThat(down.json().path("status").asString()).isEqualTo("DOWN");
      assertThat(down.json().path("checks").path("database").asString())
          .contains("synchronous_commit=off");
      assertThat(down.header("Retry-After")).isNotNull();
      http.get("/livez").expect(200);
    } finally {
      set(database, "reset synchronous_commit");
    }
    RemoteProject.until("readiness", () -> http.get("/readyz").status() == 200);
  }

  /** Of the sessions that begin from now on; the pool's earlier ones end. */
  private void set(String database, String setting) {
    owner.sql("alter database " + database + " " + setting).update();
    pool.getHikariPoolMXBean().softEvictConnections();
  }
}
