package dev.tiebreak.design;

/** Which pairs of responses may be compared. */
public enum Pairing {
  /** Both responses answer one prompt. */
  IN_PROMPT,
  /** The responses answer different prompts. */
  CROSS_PROMPT,
  /** Any two responses. */
  ANY
}
