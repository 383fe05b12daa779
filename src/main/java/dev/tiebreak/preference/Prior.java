package dev.tiebreak.preference;

/** The prior of the last layer's weights. */
public enum Prior {
  /** w ~ N(0, λ⁻¹ I) on the embeddings as uploaded. */
  ISOTROPIC,
  /** w ~ N(0, (c/λ) Σ^a) on the leading components of Σ, the mean of x xᵀ over in-prompt pairs. */
  SPECTRAL
}
