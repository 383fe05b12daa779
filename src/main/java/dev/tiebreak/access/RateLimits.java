package dev.tiebreak.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/**
 * Counts what each of many does against the same rate, in this process. Who is idle until their
 * bucket is full again is forgotten.
 */
final class RateLimits {

  private static final int MOST_COUNTED = 100_000;

  private final LoadingCache<String, Bucket> buckets;

  /**
   * So many in the time, and so many at once.
   *
   * @param burst how many may come at once
   * @param refill how many more may come in each {@code period}
   */
  RateLimits(long burst, long refill, Duration period) {
    buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_COUNTED)
            .expireAfterAccess(period.multipliedBy(burst / refill + 1))
            .build(who ->
                Bucket.builder()
                    .addLimit(limit -> limit.capacity(burst).refillGreedy(refill, period))
                    .build());
  }

  /** Counts one; gives 0, or where it is one too many the seconds until the next. */
  long secondsToWait(String who) {
    ConsumptionProbe probe = buckets.get(who).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed() ? 0 : seconds(probe.getNanosToWaitForRefill());
  }

  /** The seconds until another one may come, without counting one. */
  long secondsLeft(String who) {
    return buckets.get(who).getAvailableTokens() > 0
        ? 0
        : seconds(buckets.get(who).estimateAbilityToConsume(1).getNanosToWaitForRefill());
  }

  private static long seconds(long nanos) {
    return Math.max(1, Math.ceilDiv(nanos, 1_000_000_000L));
  }
}
