package dev.tiebreak.queue;

import dev.tiebreak.database.Contention;
import dev.tiebreak.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes verdicts: what is acknowledged is in the log, and the lease's fence decides what counts.
 */
@Service
class Verdicts {

  private final Leases leases;
  private final Slots slots;
  private final FirstAnswers firstAnswers;
  private final ReturnedSlots returnedSlots;
  private final VerdictLog log;
  private final AnnotatorLocks locks;
  private final TransactionTemplate transaction;
  private final QueueMetrics metrics;

  Verdicts(
      Leases leases,
      Slots slots,
      FirstAnswers firstAnswers,
      ReturnedSlots returnedSlots,
      VerdictLog log,
      AnnotatorLocks locks,
      TransactionTemplate transaction,
      QueueMetrics metrics) {
    this.leases = leases;
    this.slots = slots;
    this.firstAnswers = firstAnswers;
    this.returnedSlots = returnedSlots;
    this.log = log;
    this.locks = locks;
    this.transaction = transaction;
    this.metrics = metrics;
  }

  /** Records the verdicts of one request in one transaction, in their order. */
  List<VerdictResult> record(List<VerdictInput> inputs, Caller caller) {
    // locks are taken in one order, but whoever removes a project takes them in another
    List<VerdictResult> results =
        Contention.retry(() -> transaction.execute(status -> recordAll(inputs, caller)));
    results.forEach(result -> metrics.verdicts(result.outcome(), 1));
    return results;
  }

  private List<VerdictResult> recordAll(List<VerdictInput> inputs, Caller caller) {
    Request request = begin(inputs, caller);
    Map<Long, Long> counted = firstAnswers.record(independentFirsts(request, inputs));
    return inputs.stream().map(input -> record(request, counted, input)).toList();
  }

  /**
   * First answers to comparisons that nothing else in the request concerns: the order in which
   * these are recorded makes no difference.
   */
  private static List<FirstAnswers.Answer> independentFirsts(
      Request request, List<VerdictInput> inputs) {
    record Key(long projectId, long comparisonId) {}
    Map<Key, List<FirstAnswers.Answer>> byComparison = new LinkedHashMap<>();
    for (VerdictInput input : inputs) {
      Lease lease = request.leases.get(input.lease());
      if (lease != null) {
        byComparison
            .computeIfAbsent(
                new Key(lease.projectId(), lease.comparisonId()), key -> new ArrayList<>())
            .add(new FirstAnswers.Answer(lease, input));
      }
    }
    return byComparison.values().stream()
        .filter(answers -> answers.size() == 1)
        .map(List::getFirst)
        .filter(answer -> !request.latest.containsKey(answer.lease().number()))
        .filter(answer -> request.isBy(answer.lease(), answer.input()))
        .filter(answer -> answer.input().preference() != Preference.SKIP)
        .toList();
  }

  /**
   * What one request needs to know, under locks that last until its transaction ends.
   *
   * @param caller who sent it
   * @param leases by name
   * @param latest the leases' verdicts, by number; they change with each one that is recorded
   * @param fitted verdicts that can no longer be revised
   */
  private record Request(
      Caller caller,
      Map<String, Lease> leases,
      Map<Long, VerdictLog.Latest> latest,
      Set<Long> fitted) {

    /** Whether the caller may send this as the annotator who was given the lease. */
    boolean isBy(Lease lease, VerdictInput input) {
      if (!caller.mayBe(input.annotator())) {
        return false;
      }
      String annotator = caller.annotator(input.annotator());
      return annotator == null || annotator.equals(lease.annotator());
    }
  }

  private Request begin(List<VerdictInput> inputs, Caller caller) {
    Map<String, Lease> named =
        leases.findAll(
            inputs.stream().map(VerdictInput::lease).collect(Collectors.toSet()),
            caller.projects());
    if (named.isEmpty()) {
      return new Request(caller, named, Map.of(), Set.of());
    }
    locks.lockAll(named.values());
    Map<Long, VerdictLog.Latest> latest = log.latest(named.values());
    Set<Long> fitted = fitted(inputs, named, latest);
    slots.lockComparisons(named.values());
    return new Request(caller, named, latest, fitted);
  }

  private Set<Long> fitted(
      List<VerdictInput> inputs, Map<String, Lease> named, Map<Long, VerdictLog.Latest> latest) {
    Set<Long> revised = new HashSet<>();
    Set<Long> projects = new HashSet<>();
    for (VerdictInput input : inputs) {
      Lease lease = named.get(input.lease());
      VerdictLog.Latest earlier = lease == null ? null : latest.get(lease.number());
      if (lease != null
          && earlier != null
          && earlier.counted()
          && earlier.preference() != input.preference()) {
        revised.add(earlier.verdict());
        projects.add(lease.projectId());
      }
    }
    return revised.isEmpty() ? Set.of() : log.fitted(projects, revised);
  }

  /**
   * @param counted verdicts of this request that are recorded already, by their leases' numbers
   */
  private VerdictResult record(Request request, Map<Long, Long> counted, VerdictInput input) {
    Lease lease = request.leases.get(input.lease());
    if (lease == null) {
      return VerdictResult.refused(
          input.lease(), ProblemType.LEASE_NOT_FOUND, "There is no such lease");
    }
    if (!request.caller.mayBe(input.annotator())) {
      return VerdictResult.refused(input.lease(), ProblemType.FORBIDDEN, Caller.ANNOTATES_AS_SELF);
    }
    if (!request.isBy(lease, input)) {
      return VerdictResult.refused(
          input.lease(), ProblemType.ANOTHER_ANNOTATOR, "The lease was given to another annotator");
    }
    Long verdict = counted.get(lease.number());
    if (verdict != null) {
      return VerdictResult.of(input.lease(), verdict, Outcome.COUNTED, true);
    }
    VerdictLog.Latest latest = request.latest.get(lease.number());
    return latest == null ? first(request, lease, input) : again(request, lease, input, latest);
  }

  private VerdictResult first(Request request, Lease lease, VerdictInput input) {
    if (input.preference() == Preference.SKIP && returnedSlots.giveBack(lease)) {
      return append(request, lease, input, Outcome.SKIPPED, false, null);
    }
    if (input.preference() != Preference.SKIP) {
      Long verdict =
          firstAnswers.record(List.of(new FirstAnswers.Answer(lease, input))).get(lease.number());
      if (verdict != null) {
        return noted(request, lease, input, verdict, Outcome.COUNTED, true);
      }
    }
    return append(request, lease, input, Outcome.LATE, countLate(lease, input), null);
  }

  private VerdictResult again(
      Request request, Lease lease, VerdictInput input, VerdictLog.Latest latest) {
    if (input.preference() == latest.preference()) {
      return VerdictResult.of(input.lease(), latest.verdict(), Outcome.DUPLICATE, latest.counted());
    }
    if (latest.counted() && request.fitted.contains(latest.verdict())) {
      return VerdictResult.refused(
          input.lease(),
          ProblemType.VERDICT_FITTED,
          "A fit has used this lease's verdict, so it can no longer be revised");
    }
    boolean counted =
        latest.counted() && input.preference() != Preference.SKIP || countLate(lease, input);
    return append(request, lease, input, Outcome.REVISED, counted, latest.verdict());
  }

  /**
   * Takes a slot for an answer that holds none, where one is to be had; a skip leaves the slot that
   * the annotator has.
   */
  private boolean countLate(Lease lease, VerdictInput input) {
    if (input.preference() == Preference.SKIP) {
      returnedSlots.release(lease);
      return false;
    }
    return slots.answerLate(lease);
  }

  private VerdictResult append(
      Request request,
      Lease lease,
      VerdictInput input,
      Outcome outcome,
      boolean counted,
      @Nullable Long replaces) {
    long verdict = log.append(lease, input, outcome, counted, replaces);
    return noted(request, lease, input, verdict, outcome, counted);
  }

  private static VerdictResult noted(
      Request request,
      Lease lease,
      VerdictInput input,
      long verdict,
      Outcome outcome,
      boolean counted) {
    request.latest.put(lease.number(), new VerdictLog.Latest(verdict, input.preference(), counted));
    return VerdictResult.of(input.lease(), verdict, outcome, counted);
  }
}
