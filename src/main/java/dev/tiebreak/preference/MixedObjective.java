package dev.tiebreak.preference;

import static dev.tiebreak.preference.Objective.dot;

import dev.tiebreak.linalg.Matrix;

/**
 * The negative log posterior of the coefficients u and the effects φ, in nats,
 *
 * <pre>{@code
 * L(u, φ) = λ/2 ‖u‖² + ½ Σ_f π_f φ_f² − Σ_verdicts log P(verdict | t, ν)
 * t = s ζ,  ζ = uᵀx + b_p − b_q,  s = e^g,  ν = e^η
 * }</pre>
 *
 * <p>Without annotators' effects L is strictly convex.
 *
 * @param x by pair
 * @param precisions π, F
 */
record MixedObjective(
    Differences x,
    GroupedVerdicts verdicts,
    EffectLayout layout,
    double lambda,
    double[] precisions) {

  /**
   * L at a point.
   *
   * @param phi the effects φ, F
   * @param likelihoods by row
   * @param logits t, by row
   * @param temperatures s, by row
   * @param gradient in u, m
   * @param effectGradient in φ, F
   */
  record Point(
      double[] u,
      double[] phi,
      OutcomeLikelihood[] likelihoods,
      double[] logits,
      double[] temperatures,
      double logLikelihood,
      double loss,
      double[] gradient,
      double[] effectGradient) {}

  Point origin() {
    return at(new double[x.columns()], new double[layout.size()]);
  }

  Point at(double[] u, double[] phi) {
    int rows = verdicts.size();
    double[] ofPairs = x.logits(u);
    OutcomeLikelihood[] likelihoods = new OutcomeLikelihood[rows];
    double[] logits = new double[rows];
    double[] temperatures = new double[rows];
    double eta = layout.ties() ? phi[layout.tie()] : 0;
    double nu = layout.ties() ? Math.exp(eta) : 0;
    double logLikelihood = 0;
    for (int i = 0; i < rows; i++) {
      int g = layout.annotator(verdicts.annotator()[i]);
      temperatures[i] = g < 0 ? 1 : Math.exp(phi[g]);
      logits[i] = temperatures[i] * (ofPairs[verdicts.pair()[i]] + offset(i, phi));
      likelihoods[i] =
          OutcomeLikelihood.at(
              logits[i], verdicts.wins()[i], verdicts.losses()[i], verdicts.ties()[i], nu, eta);
      logLikelihood += likelihoods[i].logLikelihood();
    }
    double penalty = lambda * dot(u, u) / 2;
    for (int f = 0; f < phi.length; f++) {
      penalty += precisions[f] * phi[f] * phi[f] / 2;
    }
    return new Point(
        u,
        phi,
        likelihoods,
        logits,
        temperatures,
        logLikelihood,
        penalty - logLikelihood,
        gradient(u, likelihoods, temperatures),
        effectGradient(phi, likelihoods, logits, temperatures));
  }

  /** b_p − b_q of a row. */
  private double offset(int i, double[] phi) {
    int p = layout.prompt(verdicts.firstPrompt()[i]);
    int q = layout.prompt(verdicts.secondPrompt()[i]);
    return (p < 0 ? 0 : phi[p]) - (q < 0 ? 0 : phi[q]);
  }

  private double[] gradient(double[] u, OutcomeLikelihood[] likelihoods, double[] temperatures) {
    double[] residuals = new double[verdicts.pairs().size()];
    for (int i = 0; i < likelihoods.length; i++) {
      residuals[verdicts.pair()[i]] -= temperatures[i] * likelihoods[i].slope();
    }
    double[] gradient = x.combine(residuals);
    for (int j = 0; j < gradient.length; j++) {
      gradient[j] = Math.fma(lambda, u[j], gradient[j]);
    }
    return gradient;
  }

  private double[] effectGradient(
      double[] phi, OutcomeLikelihood[] likelihoods, double[] logits, double[] temperatures) {
    double[] gradient = new double[phi.length];
    for (int f = 0; f < phi.length; f++) {
      gradient[f] = precisions[f] * phi[f];
    }
    for (int i = 0; i < likelihoods.length; i++) {
      double slope = likelihoods[i].slope();
      add(layout.prompt(verdicts.firstPrompt()[i]), -temperatures[i] * slope, gradient);
      add(layout.prompt(verdicts.secondPrompt()[i]), temperatures[i] * slope, gradient);
      add(layout.annotator(verdicts.annotator()[i]), -logits[i] * slope, gradient);
      add(layout.tie(), -likelihoods[i].tieSlope(), gradient);
    }
    return gradient;
  }

  private static void add(int place, double value, double[] into) {
    if (place >= 0) {
      into[place] += value;
    }
  }

  /**
   * The curvature at a point: the Fisher information plus the prior precisions, which is positive
   * definite, or the Hessian of L, which differs from it in what the annotators' effects touch.
   */
  MixedInformation information(Point point, boolean hessian) {
    int m = x.columns();
    Matrix uu = Matrix.scaledIdentity(m, lambda);
    double[] ofPairs = new double[verdicts.pairs().size()];
    Matrix coupling = Matrix.zeros(layout.size(), m);
    Matrix effects = Matrix.zeros(layout.size(), layout.size());
    for (int f = 0; f < precisions.length; f++) {
      effects.values()[f * precisions.length + f] = precisions[f];
    }
    Derivatives derivatives = new Derivatives();
    for (int i = 0; i < verdicts.size(); i++) {
      derivatives.enter(i, point, hessian);
      ofPairs[verdicts.pair()[i]] += derivatives.ownInformation;
      derivatives.addTo(effects);
      derivatives.addCoupling(verdicts.pair()[i], coupling);
    }
    x.addInformation(ofPairs, uu);
    return new MixedInformation(uu, coupling, effects);
  }

  /** The second derivatives of one row in ζ and the at most four effects that it depends on. */
  private final class Derivatives {

    private final int[] places = new int[4];
    private final double[] withLatent = new double[4];
    private final double[][] among = new double[4][4];
    private double ownInformation;

    void enter(int i, Point point, boolean hessian) {
      OutcomeLikelihood row = point.likelihoods[i];
      double s = point.temperatures[i];
      double t = point.logits[i];
      double bent = hessian ? row.slope() : 0;
      double own = s * s * row.information();
      double scaled = s * (t * row.information() - bent);
      double tied = s * row.coupling();
      places[0] = layout.prompt(verdicts.firstPrompt()[i]);
      places[1] = layout.prompt(verdicts.secondPrompt()[i]);
      places[2] = layout.annotator(verdicts.annotator()[i]);
      places[3] = layout.tie();
      ownInformation = own;
      set(withLatent, own, -own, scaled, tied);
      set(among[0], own, -own, scaled, tied);
      set(among[1], -own, own, -scaled, -tied);
      set(among[2], scaled, -scaled, t * (t * row.information() - bent), t * row.coupling());
      set(among[3], tied, -tied, t * row.coupling(), row.tieInformation());
    }

    private static void set(double[] into, double first, double second, double third, double last) {
      into[0] = first;
      into[1] = second;
      into[2] = third;
      into[3] = last;
    }

    void addTo(Matrix effects) {
      for (int k = 0; k < places.length; k++) {
        for (int l = 0; l < places.length && places[k] >= 0; l++) {
          add(
              places[l] < 0 ? -1 : places[k] * effects.columns() + places[l],
              among[k][l],
              effects.values());
        }
      }
    }

    void addCoupling(int pair, Matrix coupling) {
      for (int k = 0; k < places.length; k++) {
        if (places[k] >= 0) {
          x.addTimes(withLatent[k], pair, coupling.values(), places[k] * coupling.columns());
        }
      }
    }
  }
}
