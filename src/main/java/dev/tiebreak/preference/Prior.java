package dev.tiebreak.preference;

/** The prior of the last layer's weights. */
public enum Prior {
  /** w ~ N(0, λ⁻¹ I) on the embeddings as uploaded. */
  ISOTROPIC,
  /** w ~ N(0, (c/λ) Σ^a) on the leading components of Σ, the mean of x xᵀ over in-prompt pairs. */
  SPECTRAL,
  /**
   * SPECTRAL with a hyperprior on what is left to AUTO: a ~ N(3, 1), ln λ ~ N(0, 1), so that few
   * verdicts are not asked to tell both.
   */
  HIERARCHICAL;

  /** Whether weights live on the components of Σ, and an exponent belongs to the prior. */
  public boolean isSpectral() {
    return this != ISOTROPIC;
  }
}
