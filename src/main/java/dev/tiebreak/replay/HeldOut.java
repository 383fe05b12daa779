package dev.tiebreak.replay;

import java.util.Map;

/** Responses of prompts that no strategy sees, and what is right about them. */
interface HeldOut {

  /**
   * How well rewards predict, by the measures' names.
   *
   * @param rewards of the held-out rows, logits
   */
  Map<String, Double> measure(double[] rewards);
}
