package dev.tiebreak.design;

/** Which part of a batch a comparison belongs to. */
public enum Arm {
  /** The control arm: drawn uniformly from all candidates, before the design. */
  RANDOM,
  /** Chosen by the strategy. */
  DESIGN
}
