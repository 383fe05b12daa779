package dev.tiebreak.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Who gets in, and with how much.
 *
 * @param allowUnauthenticated whether the service may listen beyond loopback although it knows no
 *     authentication: only for a network that protects it
 * @param maxBodySize of any body but an upload of embeddings, which has a limit of its own
 */
@ConfigurationProperties("tiebreak.access")
record AccessProperties(
    @DefaultValue("false") boolean allowUnauthenticated,
    @DefaultValue("32MB") DataSize maxBodySize) {}
