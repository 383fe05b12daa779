package dev.tiebreak.queue;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tiebreak.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * What became of one verdict of a request.
 *
 * @param verdict its number in the log; null where it was refused
 * @param refusal what a single verdict's request is answered with where it was refused
 */
record VerdictResult(
    String lease,
    @Nullable Long verdict,
    Outcome outcome,
    boolean counted,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String detail,
    @JsonIgnore @Nullable ProblemType refusal) {

  static VerdictResult of(String lease, long verdict, Outcome outcome, boolean counted) {
    return new VerdictResult(lease, verdict, outcome, counted, null, null);
  }

  static VerdictResult refused(String lease, ProblemType refusal, String detail) {
    return new VerdictResult(lease, null, Outcome.REFUSED, false, detail, refusal);
  }
}
