package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The features less a mean that the difference of no candidate contains: of the row's prompt where
 * pairs are in-prompt, else of all rows. Differences of rows far from the origin keep their
 * accuracy. Computed when first asked for, n × m numbers.
 */
final class CentredFeatures {

  private final DesignProblem problem;
  private @Nullable Matrix rows;

  CentredFeatures(DesignProblem problem) {
    this.problem = problem;
  }

  synchronized Matrix rows() {
    if (rows == null) {
      rows = centre(problem);
    }
    return rows;
  }

  private static Matrix centre(DesignProblem problem) {
    Matrix centred = problem.features().copy();
    if (problem.pairing() == Pairing.IN_PROMPT) {
      PromptGroups groups = new PromptGroups(problem.prompts());
      groups.forEachGroup(rows -> centre(centred, rows));
    } else {
      int[] all = new int[centred.rows()];
      Arrays.setAll(all, i -> i);
      centre(centred, all);
    }
    return centred;
  }

  private static void centre(Matrix features, int[] rows) {
    int m = features.columns();
    double[] values = features.values();
    double[] mean = new double[m];
    for (int row : rows) {
      for (int j = 0; j < m; j++) {
        mean[j] += values[row * m + j] / rows.length;
      }
    }
    for (int row : rows) {
      for (int j = 0; j < m; j++) {
        values[row * m + j] -= mean[j];
      }
    }
  }
}
