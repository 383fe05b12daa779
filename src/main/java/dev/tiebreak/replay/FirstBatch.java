package dev.tiebreak.replay;

/** How the first batch is chosen, when nothing has been judged. */
enum FirstBatch {
  /** Uniformly, whatever the strategy, as in Shen, Sun, Ton, ICML 2025. */
  RANDOM,
  /** By the strategy, as rounds do. */
  DESIGNED
}
