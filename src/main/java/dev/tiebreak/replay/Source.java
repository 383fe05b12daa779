package dev.tiebreak.replay;

/** Where a replay's labels come from. */
enum Source {
  /** Gold rewards, a number in the responses' metadata, through a Bradley–Terry coin. */
  GOLD,
  /** The project's counted verdicts, each used at most once: only pairs that have one are asked. */
  VERDICTS
}
