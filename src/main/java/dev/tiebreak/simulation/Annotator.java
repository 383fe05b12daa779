package dev.tiebreak.simulation;

import dev.tiebreak.simulation.Contract.Batch;
import dev.tiebreak.simulation.Contract.Item;
import dev.tiebreak.simulation.Contract.Result;
import dev.tiebreak.simulation.Contract.Verdict;
import dev.tiebreak.simulation.ServiceClient.Work;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One annotator at a labeling tool: fetches a few comparisons, answers them, fetches more. Every
 * other annotator's tool sends verdicts one by one, the rest send them as an array.
 */
final class Annotator {

  private static final int MOST_FETCHED = 10;
  private static final int WAIT_SECONDS = 10;

  /** Reasons for an empty answer that waiting doesn't change. */
  private static final Set<String> FINAL_REASONS =
      Set.of("NO_EMBEDDINGS", "NO_CANDIDATES", "BUDGET_SPENT");

  private final Workplace workplace;
  private final int number;
  private final String name;
  private final ServiceClient client;
  private final Set<String> held = new LinkedHashSet<>();
  private int waitSeconds;

  /**
   * An annotator.
   *
   * @param number from 0
   * @param keys where the service wants to know who it is
   */
  Annotator(Workplace workplace, int number, AnnotatorKeys keys) throws InterruptedException {
    this.workplace = workplace;
    this.number = number;
    this.name = "annotator-" + (number + 1);
    this.client = keys.client(name);
  }

  /**
   * Labels until the budget is spent, then gives back what is left.
   *
   * @return why there is nothing left to label; null where the budget was spent
   */
  @Nullable String work(Budget budget, int stage) throws InterruptedException {
    int fetch = Math.clamp(Math.ceilDiv(stage, workplace.annotators()), 1, MOST_FETCHED);
    boolean done = false;
    try {
      int reserved;
      @Nullable String end = null;
      while (end == null && (reserved = budget.reserve(fetch)) > 0) {
        end = label(budget, reserved);
      }
      for (String lease : held) {
        client.giveBack(lease);
      }
      held.clear();
      done = end == null;
      return end;
    } finally {
      if (!done) {
        budget.close();
      }
    }
  }

  private @Nullable String label(Budget budget, int reserved) throws InterruptedException {
    Work work;
    int counted = 0;
    try {
      work = client.nextBatch(workplace.project(), name, reserved, waitSeconds);
      List<Item> items = work.batch().items();
      items.forEach(item -> held.add(item.lease()));
      counted = answer(items.subList(0, Math.min(reserved, items.size())));
    } finally {
      budget.settle(reserved, counted);
    }
    if (workplace.tally().sinceLastCounted().compareTo(workplace.patience()) > 0) {
      throw new SimulationException(
          "No verdict has counted for %d s; the last answer of next-batch: %s"
              .formatted(workplace.patience().toSeconds(), describe(work.batch())));
    }
    return work.batch().items().isEmpty() ? rest(work) : filled();
  }

  private @Nullable String filled() {
    waitSeconds = 0;
    workplace.supply().filled();
    return null;
  }

  /** Waits for work, in the way that the reason asks for. */
  private @Nullable String rest(Work work) throws InterruptedException {
    String reason = describe(work.batch());
    if (FINAL_REASONS.contains(reason)) {
      return reason;
    }
    boolean waited = waitSeconds > 0;
    waitSeconds = reason.equals("SELECTING") ? WAIT_SECONDS : 0;
    if (waitSeconds > 0) {
      if (waited) {
        Thread.sleep(work.pause());
      }
      return null;
    }
    return switch (workplace.supply().empty(number)) {
      case USED_UP -> reason;
      case ASK_AGAIN -> null;
      case WAIT -> {
        Thread.sleep(work.pause());
        yield null;
      }
    };
  }

  private static String describe(Batch batch) {
    if (batch.reason() != null) {
      return batch.reason();
    }
    return batch.items().isEmpty() ? "no reason given" : batch.items().size() + " comparisons";
  }

  private int answer(List<Item> items) throws InterruptedException {
    int counted = 0;
    int together = number % 2 == 0 ? 1 : items.size();
    for (int start = 0; start < items.size(); start += together) {
      counted += send(items.subList(start, Math.min(start + together, items.size())));
    }
    return counted;
  }

  private int send(List<Item> items) throws InterruptedException {
    List<Verdict> verdicts = new ArrayList<>();
    for (Item item : items) {
      verdicts.add(verdict(item));
    }
    List<Result> results = client.judge(verdicts);
    if (results.size() != verdicts.size()) {
      throw new SimulationException(
          "%d verdicts got %d results".formatted(verdicts.size(), results.size()));
    }
    return acknowledge(verdicts, results);
  }

  private Verdict verdict(Item item) throws InterruptedException {
    long start = System.nanoTime();
    Preference preference = workplace.answers().answer(number, row(item.left()), row(item.right()));
    Thread.sleep(workplace.think());
    return new Verdict(item.lease(), preference, (System.nanoTime() - start) / 1_000_000, name);
  }

  private int row(Contract.Side side) {
    @Nullable Integer row = workplace.data().row(side.responseId());
    if (row == null) {
      throw new SimulationException(
          "Project %s holds response %s, which is not in the data"
              .formatted(workplace.project(), side.responseId()));
    }
    return row;
  }

  private int acknowledge(List<Verdict> verdicts, List<Result> results) {
    List<Journal.Line> lines = new ArrayList<>();
    int counted = 0;
    for (int i = 0; i < results.size(); i++) {
      Result result = results.get(i);
      lines.add(Journal.Line.of(workplace.project(), verdicts.get(i), result));
      workplace.tally().add(result.outcome(), result.counted());
      held.remove(verdicts.get(i).lease());
      counted += result.counted() ? 1 : 0;
    }
    if (workplace.journal() != null) {
      workplace.journal().append(lines);
    }
    workplace.progress().counted(counted);
    return counted;
  }
}
