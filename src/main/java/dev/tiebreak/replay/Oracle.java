package dev.tiebreak.replay;

import dev.tiebreak.design.PairSet;
import org.jspecify.annotations.Nullable;

/** Who answers comparisons in a cell; remembers what it was asked. Rows are training rows. */
interface Oracle {

  /** The pairs that can be asked at all; null: any. */
  @Nullable PairSet askable();

  /** The pairs that have nothing more to tell. */
  PairSet spent();

  /** A verdict on a pair. */
  Answered ask(int a, int b);
}
