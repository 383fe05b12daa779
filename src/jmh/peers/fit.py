"""Fits by scikit-learn on data as FitBenchmark makes it: cold, and warm after 1 % new verdicts.

Needs numpy and scikit-learn 1.2 or later (Debian: python3-sklearn). One thread; CPU seconds of the
process. The matrix of differences is made beforehand and not counted. The same prior: lambda = 1.

    OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 python3 src/jmh/peers/fit.py
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import time
import warnings

import numpy
import sklearn
from sklearn.linear_model import LogisticRegression

warnings.filterwarnings("ignore")
RESPONSES = 20_000


def differences(verdicts, dimension):
    random = numpy.random.default_rng(7)
    scales = (1.0 + numpy.arange(dimension)) ** -0.6
    embeddings = (random.standard_normal((RESPONSES, dimension)) * scales).astype(numpy.float32)
    weights = 1.5 * random.standard_normal(dimension)
    a = random.integers(0, RESPONSES, verdicts)
    b = (a + 1 + random.integers(0, RESPONSES - 1, verdicts)) % RESPONSES
    x = embeddings[a].astype(float) - embeddings[b]
    y = (random.random(verdicts) < 1 / (1 + numpy.exp(-x @ weights))).astype(int)
    return x, y


def seconds(work):
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(solver, x, y):
    before = len(y) - len(y) // 100
    model = LogisticRegression(
        C=1, fit_intercept=False, solver=solver, tol=1e-8, warm_start=True, max_iter=1000
    )
    cold = seconds(lambda: model.fit(x[:before], y[:before]))
    weights = model.coef_.copy()
    warm = []
    for _ in range(3):
        model.coef_ = weights.copy()
        warm.append(seconds(lambda: model.fit(x, y)))
    print(f"{len(y):,} x {x.shape[1]} {solver}: cold {cold:.2f} s, warm {sorted(warm)[1]:.2f} s", flush=True)


if __name__ == "__main__":
    print("scikit-learn", sklearn.__version__, "numpy", numpy.__version__)
    for verdicts, dimension in ((1_000, 384), (100_000, 384), (1_000_000, 64)):
        x, y = differences(verdicts, dimension)
        for solver in ("newton-cholesky", "lbfgs"):
            measure(solver, x, y)
