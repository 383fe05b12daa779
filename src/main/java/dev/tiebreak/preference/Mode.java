package dev.tiebreak.preference;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.Matrix;

/**
 * The mode of the posterior and the Laplace approximation there, in the space of the fit.
 *
 * @param coefficients u, m
 * @param information H at u, with {@code jitter} on the diagonal
 * @param jitter 0 where λ I + Σ v x xᵀ is numerically positive definite as it is
 * @param iterations factorisations of H
 * @param gradientNorm ‖∇L‖∞
 * @param newtonStep ‖H⁻¹∇L‖∞
 */
record Mode(
    double[] coefficients,
    Matrix information,
    Cholesky factor,
    double jitter,
    double logLikelihood,
    double logEvidence,
    double logDeterminant,
    int iterations,
    double gradientNorm,
    double newtonStep,
    boolean converged) {}
