package dev.tiebreak.load;

/**
 * A verdict to send.
 *
 * @param first whether it is the lease's first, so that a change of mind may follow
 */
record Task(Annotator annotator, String lease, String preference, boolean first) {

  String json() {
    return "{\"lease\":\"%s\",\"preference\":\"%s\",\"durationMs\":1800,\"annotator\":\"%s\"}"
        .formatted(lease, preference, annotator.name());
  }
}
