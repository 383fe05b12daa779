package dev.tiebreak.replay;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.round.RoundActivity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Runs one replay to its end, cell by cell, as long as this process holds it. */
@Component
class ReplayRunner {

  private static final Logger log = LoggerFactory.getLogger(ReplayRunner.class);
  private static final Duration BEAT = Duration.ofSeconds(2);
  private static final long LOOK_MILLIS = 500;

  private final ReplayLease lease;
  private final ReplayReader reader;
  private final LinearAlgebra algebra;
  private final GiveWay giveWay;
  private final ReplayProperties properties;
  private final ReplayMetrics metrics;

  ReplayRunner(
      ReplayLease lease,
      ReplayReader reader,
      LinearAlgebra algebra,
      RoundActivity rounds,
      ReplayProperties properties,
      ReplayMetrics metrics) {
    this.lease = lease;
    this.reader = reader;
    this.algebra = algebra;
    this.giveWay = new GiveWay(rounds::isBusy, properties.giveWay());
    this.properties = properties;
    this.metrics = metrics;
  }

  /**
   * Runs a replay that this process holds, and lets go of it whatever comes.
   *
   * @param stopping whether this process is ending
   */
  void run(HeldReplay replay, BooleanSupplier stopping) {
    long start = System.nanoTime();
    try (Heartbeat heartbeat = new Heartbeat(() -> prolong(replay), BEAT)) {
      requireAttempt(replay);
      String outcome = cells(replay, heartbeat, stopping);
      log.info(
          "replay={} project={} state={} millis={}",
          replay.number(),
          replay.projectId(),
          outcome,
          (System.nanoTime() - start) / 1_000_000);
    } catch (DataAccessException | TransactionException unavailable) {
      log.warn(
          "replay={} project={} detail=\"taken up again when its hold ends\" cause={}",
          replay.number(),
          replay.projectId(),
          unavailable.toString());
    } catch (StoppedException interrupted) {
      log.warn("replay={} project={} state=STOPPED", replay.number(), replay.projectId());
    } catch (RuntimeException | Error failure) {
      fail(replay, failure);
    }
  }

  /** What has killed its process so often would kill the next one. */
  private void requireAttempt(HeldReplay replay) {
    if (replay.attempts() > properties.attempts()) {
      throw new ReplayException(
          "The process that ran it ended %d times, perhaps for want of memory; it is not tried again"
              .formatted(properties.attempts()));
    }
  }

  private String cells(HeldReplay replay, Heartbeat heartbeat, BooleanSupplier stopping) {
    ReplayData data = reader.read(replay);
    long fingerprint = data.fingerprint();
    if (replay.fingerprint() != null && replay.fingerprint() != fingerprint) {
      throw new ReplayException(
          "The project's embeddings or gold rewards have changed since the replay began");
    }
    int threads = Memory.threads(data, replay.settings(), properties.threadsOrAll());
    if (!lease.begin(replay, fingerprint, threads)) {
      return "LOST";
    }
    Grid grid = new Grid(replay.settings());
    Set<Integer> done = lease.done(replay);
    int[] todo = IntStream.range(0, grid.size()).filter(cell -> !done.contains(cell)).toArray();
    Trials trials = new Trials(data, replay.settings(), algebra, Memory.trials(threads));
    try (CellWorkers workers =
        new CellWorkers(
            replay.settings(),
            grid,
            todo,
            trials,
            algebra,
            threads,
            stopped -> giveWay.during(() -> stopping.getAsBoolean() || stopped.getAsBoolean()))) {
      return collect(replay, workers, heartbeat, stopping);
    }
  }

  /** Stores results as they come. */
  private String collect(
      HeldReplay replay, CellWorkers workers, Heartbeat heartbeat, BooleanSupplier stopping) {
    Deque<CellWorkers.Done> unstored = new ArrayDeque<>();
    while (!heartbeat.isLost()) {
      boolean ended = workers.isFinished();
      CellWorkers.@Nullable Done result = workers.next(ended ? 1 : LOOK_MILLIS);
      if (result != null) {
        unstored.add(result);
      }
      if (!store(replay, unstored)) {
        return "LOST";
      }
      if (ended && result == null && unstored.isEmpty()) {
        return lease.finish(replay) ? done() : "LOST";
      }
      if (stopping.getAsBoolean()) {
        workers.stop();
        lease.release(replay);
        return "RELEASED";
      }
    }
    return "LOST";
  }

  private String done() {
    metrics.done();
    return "DONE";
  }

  /** What the database does not take now is offered again; false where the replay is lost. */
  private boolean store(HeldReplay replay, Deque<CellWorkers.Done> unstored) {
    try {
      while (!unstored.isEmpty()) {
        CellWorkers.Done first = unstored.element();
        if (!lease.store(replay, first.cell(), first.result())) {
          return false;
        }
        metrics.cell(first.result().wallMillis());
        unstored.remove();
      }
      return true;
    } catch (DataIntegrityViolationException removed) {
      return false;
    } catch (DataAccessException | TransactionException unavailable) {
      log.warn("replay={} cells=waiting cause={}", replay.number(), unavailable.toString());
      return true;
    }
  }

  /** A database that does not answer is no loss yet: the epoch decides when results are stored. */
  private boolean prolong(HeldReplay replay) {
    try {
      return lease.prolong(replay);
    } catch (DataAccessException | TransactionException unavailable) {
      return true;
    }
  }

  private void fail(HeldReplay replay, Throwable failure) {
    metrics.failed();
    if (failure instanceof ReplayException || failure instanceof ProblemException) {
      log.warn(
          "replay={} project={} state=FAILED cause=\"{}\"",
          replay.number(),
          replay.projectId(),
          failure.getMessage());
    } else {
      log.error("replay={} project={} state=FAILED", replay.number(), replay.projectId(), failure);
    }
    try {
      lease.fail(replay, words(failure));
    } catch (DataAccessException | TransactionException unavailable) {
      log.warn("replay={} detail=\"taken up again when its hold ends\"", replay.number());
    }
  }

  private static String words(Throwable failure) {
    String message = failure.getMessage();
    return switch (failure) {
      case OutOfMemoryError memory -> "The service has too little memory for this replay";
      case ProblemException problem -> problem.detail();
      case ReplayException wrong when message != null -> message;
      default -> "The replay failed; the service's log tells why";
    };
  }
}
