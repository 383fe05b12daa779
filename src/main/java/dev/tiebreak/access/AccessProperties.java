package dev.tiebreak.access;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Who gets in, and with how much.
 *
 * @param authentication whether whoever sends a request must show who they are; an {@code
 *     oidc.issuer} turns it on as well
 * @param allowUnauthenticated whether the service may listen beyond loopback although
 *     authentication is off: only for a network that protects it
 * @param maxBodySize the longest body of a request
 * @param maxUploadSize the longest body of an upload of embeddings
 * @param requestsPerSecond of one key, one subject of tokens, or one address without either, in
 *     each process; twice as many at once. 0: no limit. Only with authentication
 * @param failuresPerMinute failed authentications of one address; 0: no limit
 * @param corsOrigins the origins whose pages may call the service with a key or token, such as
 *     {@code https://labels.example.org}
 * @param oidc the issuer of tokens
 */
@ConfigurationProperties("tiebreak.access")
record AccessProperties(
    @DefaultValue("false") boolean authentication,
    @DefaultValue("false") boolean allowUnauthenticated,
    @DefaultValue("32MB") DataSize maxBodySize,
    @DefaultValue("16GB") DataSize maxUploadSize,
    @DefaultValue("1000") int requestsPerSecond,
    @DefaultValue("60") int failuresPerMinute,
    @DefaultValue List<String> corsOrigins,
    @DefaultValue OidcProperties oidc) {

  private static final String PREFIX = "tiebreak.access";

  AccessProperties {
    requirePositive(maxBodySize, "max-body-size");
    requirePositive(maxUploadSize, "max-upload-size");
    if (requestsPerSecond < 0 || failuresPerMinute < 0) {
      throw new IllegalArgumentException(
          PREFIX + ".requests-per-second or .failures-per-minute < 0");
    }
  }

  private static void requirePositive(DataSize size, String name) {
    if (size.toBytes() <= 0) {
      throw new IllegalArgumentException(PREFIX + "." + name + " <= 0");
    }
  }

  /** What an environment says, before there are beans. */
  static AccessProperties of(Environment environment) {
    return Binder.get(environment).bindOrCreate(PREFIX, AccessProperties.class);
  }

  /** Whether authentication is on. */
  boolean authenticates() {
    return authentication || oidc.isOn();
  }
}
