"""Peers of the selection: the best that NumPy does, and D-optimal selection as it was published.

    selection.py FOLDER METHOD

FOLDER holds features.f64 (rows x columns), coefficients.f64, a.i32 and b.i32 (the candidate pairs),
all little-endian, and shape.json: {"rows", "columns", "batchSize", "precision", "allPairs"}.
METHOD is numpy-top-k, numpy-greedy or published-top-k. Prints one line of JSON: CPU and wall
seconds from features and coefficients to picks, peak resident bytes of the process, and the picks as
places among the pairs.

Needs numpy, and torch for the published one (Debian: python3-numpy, python3-torch).
"""

import json
import os
import resource
import sys
import time

import numpy as np

RIDGE = 1e-6
BLOCK = 512


def load(folder):
    with open(os.path.join(folder, "shape.json")) as file:
        shape = json.load(file)
    features = np.fromfile(os.path.join(folder, "features.f64"), "<f8")
    features = features.reshape(shape["rows"], shape["columns"])
    coefficients = np.fromfile(os.path.join(folder, "coefficients.f64"), "<f8")
    a = np.fromfile(os.path.join(folder, "a.i32"), "<i4")
    b = np.fromfile(os.path.join(folder, "b.i32"), "<i4")
    return shape, features, coefficients, a, b


def whitened(features, information):
    """Rows L^-1 e, information = L L'."""
    inverse = np.linalg.inv(np.linalg.cholesky(information))
    return features @ inverse.T


def top(scores, k):
    best = np.argpartition(-scores, k)[:k]
    return best[np.argsort(-scores[best], kind="stable")]


def numpy_top_k(shape, features, coefficients, a, b):
    """v x'A^-1 x with A = RIDGE I + sum of v x x' over the candidates; the k greatest."""
    rewards = features @ coefficients
    if shape["allPairs"]:
        return numpy_top_k_of_all(features, rewards, shape["batchSize"])
    x = features[a] - features[b]
    # sigma(t) sigma(-t) = 1 / (2 + 2 cosh t)
    v = 1 / (2 + 2 * np.cosh(rewards[a] - rewards[b]))
    information = RIDGE * np.eye(features.shape[1]) + (x * v[:, None]).T @ x
    z = whitened(x, information)
    return top(v * np.einsum("ij,ij->i", z, z), shape["batchSize"])


def variances(up, i, j):
    """v of rows i.. against rows j..: u_a u_b / (u_a + u_b)^2, u = exp(r)."""
    sums = up[i, None] + up[None, j]
    return up[i, None] * up[None, j] / (sums * sums)


def numpy_top_k_of_all(features, rewards, k):
    """The same by the Laplacian of v and by blocks of rows; no pair is stored."""
    n = len(features)
    up = np.exp(rewards - rewards.mean()).astype(np.float32)
    blocks = [slice(start, min(start + BLOCK, n)) for start in range(0, n, BLOCK)]
    everyone = slice(0, n)
    narrow = features.astype(np.float32)
    laplacian = np.empty_like(features)
    for rows in blocks:
        v = variances(up, rows, everyone)
        v[np.arange(v.shape[0]), np.arange(rows.start, rows.stop)] = 0
        degrees = v.sum(1, dtype=np.float64)
        laplacian[rows] = degrees[:, None] * features[rows] - v @ narrow
    information = RIDGE * np.eye(features.shape[1]) + features.T @ laplacian
    exact = whitened(features - features.mean(0), information)
    z = exact.astype(np.float32)
    norms = np.einsum("ij,ij->i", z, z)
    held = [], [], []
    floor = 0.0
    for rows in blocks:
        others = slice(rows.start, n)
        distances = norms[rows, None] + norms[None, others] - 2 * (z[rows] @ z[others].T)
        scores = variances(up, rows, others) * distances
        scores[np.tril_indices(scores.shape[0])] = -1
        i, j = np.nonzero(scores >= floor)
        values = scores[i, j]
        if len(values) > 2 * k:
            best = np.argpartition(-values, 2 * k)[: 2 * k]
            i, j, values = i[best], j[best], values[best]
        for whole, part in zip(held, (i + rows.start, j + rows.start, values)):
            whole.append(part)
        best = np.concatenate(held[2])
        if len(best) > 2 * k:
            order = np.argpartition(-best, 2 * k)[: 2 * k]
            floor = best[order].min()
            held = tuple([np.concatenate(part)[order]] for part in held)
    i, j = np.concatenate(held[0]), np.concatenate(held[1])
    x = exact[i] - exact[j]
    scores = np.einsum("ij,ij->i", x, x) / (2 + 2 * np.cosh(rewards[i] - rewards[j]))
    best = top(scores, k)
    i, j = i[best].astype(np.int64), j[best].astype(np.int64)
    return i * n - i * (i + 1) // 2 + j - i - 1


def numpy_greedy(shape, features, coefficients, a, b):
    """The greatest gain log(1 + v x'A^-1 x), one pick at a time, A + v x x' by rank-one updates."""
    rewards = features @ coefficients
    v = 1 / (2 + 2 * np.cosh(rewards[a] - rewards[b]))
    inverse = np.eye(features.shape[1]) / shape["precision"]
    z = features @ np.sqrt(inverse)
    quadratic = np.empty(len(a))
    for start in range(0, len(a), 1 << 16):
        part = slice(start, start + (1 << 16))
        x = z[a[part]] - z[b[part]]
        quadratic[part] = np.einsum("ij,ij->i", x, x)
    picks = []
    for _ in range(shape["batchSize"]):
        pick = int(np.argmax(v * quadratic))
        picks.append(pick)
        x = features[a[pick]] - features[b[pick]]
        direction = inverse @ x
        share = v[pick] / (1 + v[pick] * (x @ direction))
        change = features @ direction
        difference = change[a] - change[b]
        quadratic -= share * difference * difference
        quadratic[pick] = -np.inf
        inverse -= share * np.outer(direction, direction)
    return np.array(picks)


def published_top_k(shape, features, coefficients, a, b):
    """As a direct transcription of the formula does it: an information matrix for each candidate."""
    import torch

    with torch.no_grad():
        features = torch.from_numpy(features).float()
        weights = torch.from_numpy(coefficients).float()
        x = features[torch.from_numpy(a).long()] - features[torch.from_numpy(b).long()]
        p = torch.sigmoid(x @ weights)
        each = torch.einsum("ni,nj->nij", x, x) * (p * (1 - p))[:, None, None]
        information = each.sum(0) + RIDGE * torch.eye(x.shape[1])
        inverse = torch.linalg.inv(information)
        scores = torch.einsum("ij,nji->n", inverse, each)
        return torch.topk(scores, shape["batchSize"]).indices.numpy()


METHODS = {
    "numpy-top-k": numpy_top_k,
    "numpy-greedy": numpy_greedy,
    "published-top-k": published_top_k,
}


def main():
    folder, method = sys.argv[1:]
    problem = load(folder)
    if method == "published-top-k":
        import torch  # not part of the time
    wall, processor = time.perf_counter(), time.process_time()
    picks = METHODS[method](*problem)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(
        json.dumps(
            {
                "method": method,
                "cpuSeconds": processor,
                "wallSeconds": wall,
                "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
                "picks": [int(pick) for pick in picks],
            }
        )
    )


if __name__ == "__main__":
    main()
