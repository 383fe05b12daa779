package dev.tiebreak.linalg;

/**
 * Spectral decomposition A = V diag(s) Vᵀ of a symmetric matrix, d × d.
 *
 * @param values s, descending
 * @param vectors V, d × d, column j belongs to value j; each column's largest entry by magnitude is
 *     positive, so that the decomposition does not depend on the library's choice of sign
 */
public record SymmetricEigen(double[] values, Matrix vectors) {}
