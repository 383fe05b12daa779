package dev.tiebreak.round;

import java.util.Locale;

/** What a round is doing. */
enum Stage {
  /** Verdicts, comparisons and embeddings. */
  READ,
  /** The last layer, with its prior. */
  FIT,
  /** The comparisons of the batch. */
  SELECT,
  /** How near the batch is to the best possible, where that was asked for. */
  CERTIFY,
  /** All of it, in one transaction. */
  PUBLISH;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
