"""Priors of the last layer compared: held-out quality after few random labels.

    python3 src/evidence/priors.py --data DIR/alpaca --seeds 10 --labels 25,50,100,200
    python3 src/evidence/priors.py --data DIR/hh/helpful --seeds 10 --labels 25,50,125,250

DIR/alpaca holds embeddings.npy and responses.ndjson with prompt_id and gold_reward: labels are coins,
P(a preferred) = sigmoid(difference of gold rewards), measures the Spearman correlation per held-out
prompt and the log-loss of its pairs under the true probabilities. A folder with pairs.ndjson
(left_row, right_row, label): recorded choices, measures accuracy and log-loss of held-out pairs.
A fifth of the prompts, or three tenths of the pairs, are held out by the seed.

Needs NumPy and SciPy. Every model is a Gaussian process over pairs, K = X diag(prior variances) X^T,
fitted by the Laplace approximation (Rasmussen, Williams 2006, algorithm 3.1): the same mode and
evidence as in the space of the weights.
"""
import argparse, json, os
import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize
from scipy.stats import rankdata

EXPONENTS = [0, .5, 1, 1.5, 2, 3, 4]
LAMBDAS = 10. ** np.linspace(-3, 3, 25)
BLOCKS = [0, 1, 2, 4, 8, 16, 32, 64]


def sigmoid(t):
    return 1 / (1 + np.exp(-t))


class Gold:
    """Prompts with many responses and a gold reward."""

    def __init__(self, folder):
        rows = [json.loads(line) for line in open(folder + '/responses.ndjson')]
        self.embeddings = np.load(folder + '/embeddings.npy').astype(float)
        self.prompt = np.unique([row['prompt_id'] for row in rows], return_inverse=True)[1]
        self.gold = np.array([row['gold_reward'] for row in rows])

    def seed(self, seed, labels):
        random = np.random.default_rng(seed)
        prompts = random.permutation(self.prompt.max() + 1)
        held = prompts[:len(prompts) // 5]
        groups = [np.where(self.prompt == p)[0] for p in prompts[len(prompts) // 5:]]
        pairs = np.concatenate([g[np.stack(np.triu_indices(len(g), 1), 1)] for g in groups])
        x = self.embeddings[pairs[:, 0]] - self.embeddings[pairs[:, 1]]
        asked = random.choice(len(pairs), labels, replace=False)
        truth = sigmoid(self.gold[pairs[asked, 0]] - self.gold[pairs[asked, 1]])
        test = [np.where(self.prompt == p)[0] for p in held]

        def measure(w):
            rank, loss = [], []
            for g in test:
                r = self.embeddings[g] @ w
                a, b = rankdata(r), rankdata(self.gold[g])
                rank.append(0 if np.ptp(a) == 0 else np.corrcoef(a, b)[0, 1])
                i, j = np.triu_indices(len(g), 1)
                t, p = r[i] - r[j], sigmoid(self.gold[g][i] - self.gold[g][j])
                loss.append(p * np.logaddexp(0, -t) + (1 - p) * np.logaddexp(0, t))
            return np.mean(rank), np.mean(np.concatenate(loss))

        return x.T @ x / len(x), x[asked], (random.random(labels) < truth) * 1., measure


class Choices:
    """Pairs with a recorded choice."""

    def __init__(self, folder):
        rows = [json.loads(line) for line in open(folder + '/pairs.ndjson')]
        e = np.load(folder + '/embeddings.npy').astype(float)
        self.x = e[[row['left_row'] for row in rows]] - e[[row['right_row'] for row in rows]]
        self.y = np.array([row['label'] == 'left' for row in rows]) * 1.

    def seed(self, seed, labels):
        order = np.random.default_rng(seed).permutation(len(self.y))
        test, train = np.split(order, [3 * len(order) // 10])

        def measure(w):
            t = self.x[test] @ w
            right = np.where(t == 0, .5, (t > 0) == (self.y[test] > 0))
            return np.mean(right), np.mean(np.logaddexp(0, np.where(self.y[test] > 0, -t, t)))

        x = self.x[train]
        return x.T @ x / len(x), x[:labels], self.y[train][:labels], measure


def laplace(k, y):
    """Mode and evidence: alpha with logits k @ alpha, log p(y), and (k + W^-1)^-1."""
    n, alpha, f = len(y), np.zeros(len(y)), np.zeros(len(y))
    objective = -n * np.log(2)
    for _ in range(50):
        p = sigmoid(f)
        w = np.maximum(p * (1 - p), 1e-12)
        root = np.sqrt(w)
        factor = cho_factor(np.eye(n) + root[:, None] * k * root, lower=True)
        b = w * f + y - p
        step = b - root * cho_solve(factor, root * (k @ b)) - alpha
        move, size = k @ step, 1.
        while True:
            new, logits = alpha + size * step, f + size * move
            value = -.5 * new @ logits + (y * logits - np.logaddexp(0, logits)).sum()
            if value >= objective - 1e-12 or size < 1e-6:
                break
            size /= 2
        done = abs(value - objective) < 1e-10
        alpha, f, objective = new, logits, value
        if done:
            break
    return alpha, objective - np.log(np.diag(factor[0])).sum(), root[:, None] * cho_solve(factor, np.diag(root))


class Fitter:
    """Fits of one set of labels under many priors; x in the eigenvectors of Sigma."""

    def __init__(self, sigma, x, y):
        values, vectors = np.linalg.eigh(sigma)
        self.s, self.v = np.maximum(values[::-1], 0), vectors[:, ::-1]
        self.x, self.y = x @ self.v, y
        self.grid = {}

    def variances(self, a, share=.999, most=256):
        """Prior variance of each component at lambda = 1; the mean of x'w has variance 1."""
        power = self.s ** (a + 1)
        m = min(most, int(np.searchsorted(np.cumsum(power) / power.sum(), share)) + 1)
        d = np.zeros(len(self.s))
        d[:m] = self.s[:m] ** a / power[:m].sum()
        return d

    def fit(self, d):
        alpha, evidence, inverse = laplace((self.x * d) @ self.x.T, self.y)
        return self.v @ (d * (self.x.T @ alpha)), evidence, alpha, inverse

    def at(self, a, lam, **how):
        key = (a, lam, tuple(how.items()))
        if key not in self.grid:
            self.grid[key] = self.fit(self.variances(a, **how) / lam)[:2]
        return self.grid[key]

    def by_grid(self, exponents, hyperprior, **how):
        points = [(self.at(a, lam, **how)[1] + hyperprior(a, np.log(lam)), a, lam)
                  for a in exponents for lam in LAMBDAS if hyperprior(a, np.log(lam)) > -25]
        _, a, lam = max(points, key=lambda point: (round(point[0], 9), -point[1], point[2]))
        return self.at(a, lam, **how)[0]

    def by_groups(self, groups):
        """ln of each group's variance ~ N(0, 1), all by evidence and hyperprior together."""
        kernels = [(self.x * d) @ self.x.T for d in groups]

        def loss(t):
            return .5 * t @ t - laplace(sum(np.exp(q) * k for q, k in zip(t, kernels)), self.y)[1]

        t = minimize(loss, np.zeros(len(groups)), method='L-BFGS-B', options=dict(maxiter=15, eps=1e-3)).x
        return self.fit(sum(np.exp(q) * d for q, d in zip(t, groups)))[0]

    def student(self, d, freedom=4):
        """w_j ~ t(freedom) by variational scale mixture: tau_j = (nu + 1) / (nu + E[w_j^2] / d_j)."""
        scale = np.ones(len(d))
        for _ in range(20):
            prior = d * scale
            w, _, alpha, inverse = self.fit(prior)
            mean = prior * (self.x.T @ alpha)
            spread = prior - prior ** 2 * np.einsum('ij,ij->j', self.x, inverse @ self.x)
            ratio = np.divide(mean ** 2 + spread, d, out=np.zeros_like(d), where=d > 0)
            scale = (freedom + ratio) / (freedom + 1)
        return w


def normal(mean, sd):
    return lambda value: -.5 * ((value - mean) / sd) ** 2


def flat(a, log_lambda):
    return 0.


def hierarchical(exponent, spread):
    a_density, lambda_density = normal(exponent, 1), normal(0, spread)
    return lambda a, log_lambda: a_density(a) + lambda_density(log_lambda)


def priors(fitter):
    """Name and weights of every prior."""
    for a in (0, 1, 2, 3, 4):
        yield 'a = %d, lambda by evidence' % a, fitter.by_grid([a], flat)
    yield 'SPECTRAL: both by evidence', fitter.by_grid(EXPONENTS[:-1], flat)
    for exponent, spread in ((3, 1), (3, 2), (2, 1), (4, 1)):
        yield 'a ~ N(%d, 1), ln lambda ~ N(0, %d)' % (exponent, spread), fitter.by_grid(
            EXPONENTS, hierarchical(exponent, spread))
    yield 'the first of these, all components', fitter.by_grid(
        EXPONENTS, hierarchical(3, 1), share=1 - 1e-9, most=len(fitter.s))
    d1, d3 = fitter.variances(1), fitter.variances(3)
    yield 'mixture of a = 1 and a = 3', fitter.by_groups([d1 / 8, d3])
    whole = fitter.variances(3, share=1 - 1e-9, most=len(fitter.s))
    groups = []
    for start, end in zip(BLOCKS, BLOCKS[1:] + [len(whole)]):
        groups.append(np.where((np.arange(len(whole)) >= start) & (np.arange(len(whole)) < end), whole, 0))
    yield 'relevance of 8 blocks of the spectrum around a = 3', fitter.by_groups(groups)
    yield 'Student t (4) around a = 3, lambda = 1', fitter.student(whole)
    yield 'Student t (4) around a = 2, lambda = 1', fitter.student(fitter.variances(2))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', required=True)
    parser.add_argument('--seeds', type=int, default=10)
    parser.add_argument('--labels', default='25,50,100,200')
    options = parser.parse_args()
    data = (Choices if os.path.exists(options.data + '/pairs.ndjson') else Gold)(options.data)
    counts = [int(count) for count in options.labels.split(',')]
    found = {}
    for seed in range(options.seeds):
        sigma, x, y, measure = data.seed(seed, max(counts))
        for count in counts:
            for name, w in priors(Fitter(sigma, x[:count], y[:count])):
                found.setdefault(name, {}).setdefault(count, []).append(measure(w))
    print('| prior | ' + ' | '.join('%d labels' % count for count in counts) + ' |')
    print('|---' * (len(counts) + 1) + '|')
    for name, by_count in found.items():
        cells = []
        for count in counts:
            values = np.array(by_count[count])
            mean, error = values.mean(0), values.std(0, ddof=1) / np.sqrt(len(values))
            cells.append('%.3f ± %.3f, %.4f ± %.4f' % (mean[0], error[0], mean[1], error[1]))
        print('| ' + name + ' | ' + ' | '.join(cells) + ' |', flush=True)


if __name__ == '__main__':
    main()
