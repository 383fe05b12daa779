package dev.tiebreak.contract.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.OwnerSql;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;

/**
 * Sends requests that are drawn from the written contract, right ones and wrong ones of every kind,
 * and holds each answer, and what is stored, against the {@linkplain Rule rules}. How many and
 * which is said by {@code -Dgenerated.requests} and {@code -Dgenerated.seed}.
 */
@IntegrationTest
class GeneratedRequestsIT {

  private final Http http;
  private final Environment environment;

  GeneratedRequestsIT(Http http, Environment environment) {
    this.http = http;
    this.environment = environment;
  }

  @Test
  void noRequestBreaksARule() throws Exception {
    long seed = Long.getLong("generated.seed", 1);
    long requests = Long.getLong("generated.requests", 2000);
    Tally tally = new Tally();
    long start = System.nanoTime();
    try (Campaign campaign = new Campaign(seed, 0, http, OwnerSql.of(environment))) {
      campaign.run(0, requests, tally);
      campaign.clear();
    }
    System.out.println(tally.summary(System.nanoTime() - start));
    assertThat(tally.broken()).isEmpty();
    assertThat(tally.answers()).isGreaterThan(requests - 1);
  }
}
