package dev.tiebreak.access;

import dev.tiebreak.database.ProjectScope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Who failed to show who they are: each attempt is counted, and once a minute each address is put
 * on record with its number of attempts, so that a flood of them is a few rows. Requests that show
 * nothing at all are no attempt.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>type</th><th>tags</th><th>what</th></tr>
 * <tr><td>tiebreak.access.failures</td><td>counter</td><td>way (bearer, log_in)</td>
 *     <td>keys, tokens and log-ins that were refused</td></tr>
 * </table>
 */
@Component
@ConditionalOnAuthentication
class AuthenticationFailures {

  /** On what way somebody failed. */
  enum Way {
    /** By a key or token of a request. */
    BEARER,
    /** By the page of the log-in. */
    LOG_IN
  }

  static final String ACTION = "AUTHENTICATION_FAILED";

  /** Of a minute; what comes from further addresses is put together. */
  static final int MOST_SOURCES = 100;

  private static final Logger log = LoggerFactory.getLogger(AuthenticationFailures.class);

  private record Source(Way way, String address) {}

  private final AuditTrail trail;
  private final Map<Way, Counter> counters = new EnumMap<>(Way.class);
  private Map<Source, Long> attempts = new HashMap<>();

  AuthenticationFailures(AuditTrail trail, MeterRegistry registry) {
    this.trail = trail;
    for (Way way : Way.values()) {
      counters.put(
          way,
          Counter.builder("tiebreak.access.failures")
              .description("Keys, tokens and log-ins that were refused")
              .tag("way", way.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  /** An attempt from this address. */
  void add(Way way, String address) {
    Objects.requireNonNull(counters.get(way)).increment();
    count(new Source(way, address), 1);
  }

  private synchronized void count(Source source, long more) {
    boolean known = attempts.size() < MOST_SOURCES || attempts.containsKey(source);
    attempts.merge(known ? source : new Source(source.way, "others"), more, Long::sum);
  }

  private synchronized Map<Source, Long> take() {
    Map<Source, Long> taken = attempts;
    attempts = new HashMap<>();
    return taken;
  }

  /** Puts on record what came since the last time. */
  @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
  void record() {
    take()
        .forEach((source, number) -> {
          try {
            ProjectScope.all().run(() -> trail.add(ACTION, null, described(source, number)));
          } catch (DataAccessException | TransactionException unavailable) {
            count(source, number);
            log.warn("authentication_failures=left cause={}", unavailable.toString());
          }
        });
  }

  private static Map<String, Object> described(Source source, long number) {
    return Map.of("way", source.way, "address", source.address, "attempts", number);
  }
}
