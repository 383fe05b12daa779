package dev.tiebreak.queue;

import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.Projects;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes verdicts: what is acknowledged is in the log, and the lease's fence decides what counts.
 */
@Service
class Verdicts {

  private static final int ATTEMPTS = 5;

  private final Leases leases;
  private final Slots slots;
  private final VerdictLog log;
  private final AnnotatorLocks locks;
  private final Projects projects;
  private final TransactionTemplate transaction;
  private final QueueMetrics metrics;

  Verdicts(
      Leases leases,
      Slots slots,
      VerdictLog log,
      AnnotatorLocks locks,
      Projects projects,
      TransactionTemplate transaction,
      QueueMetrics metrics) {
    this.leases = leases;
    this.slots = slots;
    this.log = log;
    this.locks = locks;
    this.projects = projects;
    this.transaction = transaction;
    this.metrics = metrics;
  }

  /** Records the verdicts of one request in one transaction, in their order. */
  List<VerdictResult> record(List<VerdictInput> inputs) {
    List<VerdictResult> results = withoutDeadlock(inputs);
    results.forEach(result -> metrics.verdicts(result.outcome(), 1));
    return results;
  }

  /** Late verdicts lock comparisons in the request's order: two requests may cross. */
  private List<VerdictResult> withoutDeadlock(List<VerdictInput> inputs) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.execute(status -> recordAll(inputs));
      } catch (PessimisticLockingFailureException deadlock) {
        if (attempt == ATTEMPTS) {
          throw deadlock;
        }
      }
    }
  }

  private List<VerdictResult> recordAll(List<VerdictInput> inputs) {
    Map<String, Optional<Lease>> named = new HashMap<>();
    inputs.forEach(input -> named.computeIfAbsent(input.lease(), leases::find));
    locks.lockAll(named.values().stream().flatMap(Optional::stream).toList());
    List<VerdictResult> results = new ArrayList<>(inputs.size());
    for (VerdictInput input : inputs) {
      results.add(
          named
              .getOrDefault(input.lease(), Optional.empty())
              .map(lease -> record(lease, input))
              .orElseGet(() ->
                  VerdictResult.refused(
                      input.lease(), ProblemType.LEASE_NOT_FOUND, "There is no such lease")));
    }
    return results;
  }

  private VerdictResult record(Lease lease, VerdictInput input) {
    if (input.annotator() != null && !input.annotator().equals(lease.annotator())) {
      return VerdictResult.refused(
          input.lease(), ProblemType.ANOTHER_ANNOTATOR, "The lease was given to another annotator");
    }
    return log.latest(lease)
        .map(latest -> again(lease, input, latest))
        .orElseGet(() -> first(lease, input));
  }

  private VerdictResult first(Lease lease, VerdictInput input) {
    boolean skip = input.preference() == Preference.SKIP;
    if (skip ? slots.giveBack(lease) : slots.answer(lease)) {
      return append(lease, input, skip ? Outcome.SKIPPED : Outcome.COUNTED, !skip, null);
    }
    return append(lease, input, Outcome.LATE, countLate(lease, input), null);
  }

  private VerdictResult again(Lease lease, VerdictInput input, VerdictLog.Latest latest) {
    if (input.preference() == latest.preference()) {
      return VerdictResult.of(input.lease(), latest.verdict(), Outcome.DUPLICATE, latest.counted());
    }
    if (latest.counted() && log.fitted(lease.projectId(), latest.verdict())) {
      return VerdictResult.refused(
          input.lease(),
          ProblemType.VERDICT_FITTED,
          "A fit has used this lease's verdict, so it can no longer be revised");
    }
    boolean counted =
        latest.counted() && input.preference() != Preference.SKIP || countLate(lease, input);
    return append(lease, input, Outcome.REVISED, counted, latest.verdict());
  }

  /**
   * Takes a slot for an answer that holds none, where one is to be had; a skip leaves the slot that
   * the annotator has.
   */
  private boolean countLate(Lease lease, VerdictInput input) {
    if (input.preference() == Preference.SKIP) {
      slots.release(lease);
      return false;
    }
    int overlap = projects.find(lease.projectId()).map(p -> p.settings().overlap()).orElse(0);
    return slots.answerLate(lease, overlap);
  }

  private VerdictResult append(
      Lease lease,
      VerdictInput input,
      Outcome outcome,
      boolean counted,
      @org.jspecify.annotations.Nullable Long replaces) {
    long verdict = log.append(lease, input, outcome, counted, replaces);
    return VerdictResult.of(input.lease(), verdict, outcome, counted);
  }
}
