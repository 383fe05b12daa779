package dev.tiebreak.insight;

/** Whether to go on asking. */
enum Advice {
  CONTINUE,
  STOP,
  UNSURE
}
