package dev.tiebreak.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Tells whose key it is. What the database said of a key is believed for {@link #MEMORY}: so long
 * after a key was revoked another process may still take it.
 */
final class KeyCheck {

  /** How long what the database said is believed. */
  static final Duration MEMORY = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(KeyCheck.class);
  private static final int MOST_REMEMBERED = 10_000;

  private final ApiKeys keys;
  private final Cache<String, ApiKeys.Live> remembered =
      Caffeine.newBuilder().expireAfterWrite(MEMORY).maximumSize(MOST_REMEMBERED).build();

  KeyCheck(ApiKeys keys) {
    this.keys = keys;
  }

  /** The live key that this text is. */
  Optional<ApiKey> find(String text) {
    return KeyToken.parse(text)
        .flatMap(token ->
            live(token.id())
                .filter(live -> MessageDigest.isEqual(live.secretSha256(), token.secretSha256())))
        .map(ApiKeys.Live::key)
        .map(this::used);
  }

  /** The live key of this id, for a log-in that once showed the key itself. */
  Optional<ApiKey> byId(String id) {
    return live(id).map(ApiKeys.Live::key);
  }

  /** Asks the database again about this key. */
  void forget(String id) {
    remembered.invalidate(id);
  }

  private Optional<ApiKeys.Live> live(String id) {
    ApiKeys.Live known = remembered.getIfPresent(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<ApiKeys.Live> found = keys.live(id);
    found.ifPresent(live -> remembered.put(id, live));
    return found;
  }

  private ApiKey used(ApiKey key) {
    if (key.lastUsedAt() == null || key.lastUsedAt().isBefore(Instant.now().minusSeconds(60))) {
      try {
        keys.used(key.key());
        // what is remembered would have each request of its second note it again
        forget(key.key());
      } catch (DataAccessException unnoted) {
        log.debug("key={} use=unnoted cause={}", key.key(), unnoted.toString());
      }
    }
    return key;
  }
}
