package dev.tiebreak.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When requests are turned away as there are too many.
 *
 * @param mostWaiting requests that may wait for a connection to the database at the same time
 */
@ConfigurationProperties("tiebreak.overload")
record OverloadProperties(@DefaultValue("128") int mostWaiting) {

  OverloadProperties {
    if (mostWaiting <= 0) {
      throw new IllegalArgumentException("tiebreak.overload.most-waiting <= 0");
    }
  }
}
