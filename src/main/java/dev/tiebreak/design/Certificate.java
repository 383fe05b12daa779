package dev.tiebreak.design;

/**
 * How near the design part of a batch is to the best one possible.
 *
 * @param gain log det(A + Σ_batch v x xᵀ) − log det A, nats, A with the random arm
 * @param bound no batch of as many candidates gains more, nats; at least {@code gain}
 */
public record Certificate(double gain, double bound) {

  /** gain / bound, at most 1; 1 where nothing can be gained. */
  public double share() {
    return bound > 0 ? Math.min(1, gain / bound) : 1;
  }
}
