package dev.tiebreak.preference;

import org.jspecify.annotations.Nullable;

/**
 * What a project says about the prior.
 *
 * @param precision λ, finite, above 0; null: AUTO, chosen by the evidence
 * @param exponent a, finite, 0 or more; null: AUTO. Of no effect under ISOTROPIC
 */
public record PriorSpecification(
    Prior prior, @Nullable Double precision, @Nullable Double exponent) {

  /** Checks the ranges. */
  public PriorSpecification {
    if (precision != null && !(precision > 0 && precision < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("precision is " + precision);
    }
    if (exponent != null && !(exponent >= 0 && exponent < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("exponent is " + exponent);
    }
  }

  /** Everything that the prior leaves open is chosen by the evidence. */
  public static PriorSpecification automatic(Prior prior) {
    return new PriorSpecification(prior, null, null);
  }
}
