package dev.tiebreak.preference;

import dev.tiebreak.linalg.Backend;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.UnavailableBackendException;
import org.jspecify.annotations.NullMarked;

/**
 * Compares what AUTO chooses with the full grid on many problems of all kinds, and tells where they
 * differ and by how many nats. Arguments: first seed, number of problems, most verdicts, most
 * dimensions.
 */
@NullMarked
public final class EvidenceCheck {

  private EvidenceCheck() {}

  /** Prints a line for each problem where AUTO and the full grid differ, then a count. */
  public static void main(String[] arguments) throws UnavailableBackendException {
    LinearAlgebra algebra = Backend.AUTO.open(1).algebra();
    long first = Long.parseLong(arguments[0]);
    int problems = Integer.parseInt(arguments[1]);
    int differing = 0;
    double greatest = 0;
    for (long seed = first; seed < first + problems; seed++) {
      VariedProblem varied =
          VariedProblem.of(seed, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
      EvidenceSearch.Candidate found = varied.automatic(algebra);
      EvidenceSearch.Candidate full = varied.everywhere(algebra);
      double nats = full.mode().logEvidence() - found.mode().logEvidence();
      if (!found.position().equals(full.position()) || !found.mode().converged()) {
        differing++;
        greatest = Math.max(greatest, nats);
        System.out.printf(
            "%s: %s, the full grid %s, %.3g nats more, converged %b%n",
            varied.description(),
            found.position(),
            full.position(),
            nats,
            found.mode().converged());
      }
    }
    System.out.printf("%d of %d differ, by at most %.3g nats%n", differing, problems, greatest);
  }
}
