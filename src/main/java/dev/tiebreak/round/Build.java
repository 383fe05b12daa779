package dev.tiebreak.round;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/** Which build of the service computes. */
@Component
class Build {

  private final String version;

  Build(ObjectProvider<BuildProperties> properties) {
    BuildProperties build = properties.getIfAvailable();
    version = build == null ? "unknown" : build.getVersion() + " of " + build.getTime();
  }

  String version() {
    return version;
  }
}
