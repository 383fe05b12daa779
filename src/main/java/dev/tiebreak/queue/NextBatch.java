package dev.tiebreak.queue;

import dev.tiebreak.candidate.ResponseText;
import dev.tiebreak.candidate.Responses;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.project.KeptProject;
import dev.tiebreak.project.Project;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The annotator's next comparisons: those they hold already, then freshly leased ones. */
@Service
class NextBatch {

  private final JdbcClient jdbc;
  private final Slots slots;
  private final ReturnedSlots returnedSlots;
  private final AnnotatorLocks locks;
  private final VerdictBudget budget;
  private final EmptyReasons reasons;
  private final Responses responses;
  private final QueueMetrics metrics;

  NextBatch(
      JdbcClient jdbc,
      Slots slots,
      ReturnedSlots returnedSlots,
      AnnotatorLocks locks,
      VerdictBudget budget,
      EmptyReasons reasons,
      Responses responses,
      QueueMetrics metrics) {
    this.jdbc = jdbc;
    this.slots = slots;
    this.returnedSlots = returnedSlots;
    this.locks = locks;
    this.budget = budget;
    this.reasons = reasons;
    this.responses = responses;
    this.metrics = metrics;
  }

  /** Leases up to {@code size} comparisons, of which those already held come first. */
  @Transactional
  NextBatchView next(Project project, String annotator, int size) {
    long projectId = project.projectId();
    if (!KeptProject.await(jdbc, projectId)) {
      throw ProblemException.projectRemoved();
    }
    locks.lock(projectId, annotator);
    List<LeasedComparison> held = slots.live(projectId, annotator);
    List<LeasedComparison> items = new ArrayList<>(held.subList(0, Math.min(size, held.size())));
    if (items.size() == size) {
      return view(project, items, null);
    }
    metrics.expired(returnedSlots.freeExpired(projectId));
    int wanted = size - items.size();
    int allowed = project.settings().maxLeasesPerAnnotator() - held.size();
    long affordable = budget.leasesLeft(project);
    int most = (int) Math.max(0, Math.min(wanted, Math.min(allowed, affordable)));
    if (most > 0) {
      items.addAll(slots.lease(projectId, annotator, most, project.settings().leaseSeconds()));
      metrics.leased(items.size() - Math.min(size, held.size()));
    }
    boolean full = items.size() == size;
    int fresh = items.size() - held.size();
    return view(
        project,
        items,
        full
            ? null
            : reasons.find(project, annotator, fresh == affordable, fresh == Math.max(0, allowed)));
  }

  private NextBatchView view(
      Project project, List<LeasedComparison> items, @Nullable EmptyReason reason) {
    Set<Long> ordinals = new LinkedHashSet<>();
    for (LeasedComparison item : items) {
      ordinals.add(item.leftResponse());
      ordinals.add(item.rightResponse());
    }
    Map<Long, ResponseText> texts = responses.texts(project.projectId(), ordinals);
    return new NextBatchView(
        project.slug(),
        items.stream().map(item -> NextBatchItem.of(project.slug(), item, texts)).toList(),
        reason);
  }
}
