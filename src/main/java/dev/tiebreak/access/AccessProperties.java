package dev.tiebreak.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Who gets in, and with how much.
 *
 * @param allowUnauthenticated whether the service may listen beyond loopback although it knows no
 *     authentication: only for a network that protects it
 * @param maxBodySize the longest body of a request
 * @param maxUploadSize the longest body of an upload of embeddings
 */
@ConfigurationProperties("tiebreak.access")
record AccessProperties(
    @DefaultValue("false") boolean allowUnauthenticated,
    @DefaultValue("32MB") DataSize maxBodySize,
    @DefaultValue("16GB") DataSize maxUploadSize) {

  AccessProperties {
    requirePositive(maxBodySize, "max-body-size");
    requirePositive(maxUploadSize, "max-upload-size");
  }

  private static void requirePositive(DataSize size, String name) {
    if (size.toBytes() <= 0) {
      throw new IllegalArgumentException("tiebreak.access." + name + " <= 0");
    }
  }
}
