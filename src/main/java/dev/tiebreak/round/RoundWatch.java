package dev.tiebreak.round;

import dev.tiebreak.candidate.EmbeddingsUploaded;
import dev.tiebreak.database.AfterCommit;
import dev.tiebreak.database.ProjectScope;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Looks for projects whose round is due, and runs them, a few at a time. */
@Component
class RoundWatch implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(RoundWatch.class);
  private static final long SHUTDOWN_SECONDS = 20;
  private static final int LOOK_TO_PAUSE = 10;

  private final RoundLease lease;
  private final RoundRunner runner;
  private final RoundProperties properties;
  private final RoundActivity activity;
  private final Set<Long> inHand = ConcurrentHashMap.newKeySet();
  private final Semaphore places;
  private final Object bell = new Object();
  private ExecutorService rounds = Executors.newCachedThreadPool();
  private volatile boolean running;
  private boolean rung;

  RoundWatch(
      RoundLease lease, RoundRunner runner, RoundProperties properties, RoundActivity activity) {
    this.lease = lease;
    this.runner = runner;
    this.properties = properties;
    this.activity = activity;
    this.places = new Semaphore(properties.concurrency());
  }

  @Override
  public void start() {
    if (properties.enabled()) {
      rounds =
          Executors.newCachedThreadPool(Thread.ofPlatform().name("round-", 1).daemon().factory());
      running = true;
      Thread.ofPlatform().name("round-watch").daemon().start(this::watch);
    }
  }

  @Override
  public void stop() {
    running = false;
    ring();
    // a round that ends in time is published; another is taken over from its database row
    rounds.shutdown();
    try {
      if (!rounds.awaitTermination(SHUTDOWN_SECONDS, java.util.concurrent.TimeUnit.SECONDS)) {
        log.warn(
            "rounds=unfinished detail=\"another process, or the next start, runs them again\"");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** After the web server has ended its requests, some of which wait for rounds. */
  @Override
  public int getPhase() {
    return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1024;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** A project that had too few responses may have candidates now. */
  @EventListener
  void uploaded(EmbeddingsUploaded upload) {
    ring();
  }

  /**
   * Looks at once instead of at the next interval, or as soon as what there is to see is committed.
   */
  void ring() {
    AfterCommit.run(this::wake);
  }

  private void wake() {
    synchronized (bell) {
      rung = true;
      bell.notifyAll();
    }
  }

  private void watch() {
    while (running) {
      long begin = System.nanoTime();
      try {
        ProjectScope.all().call(lease::due).forEach(this::submit);
      } catch (DataAccessException | TransactionException unavailable) {
        log.warn("rounds=waiting cause={}", unavailable.toString());
      } catch (RuntimeException unexpected) {
        log.error("rounds=waiting", unexpected);
      }
      pause(Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  /**
   * Until the next look, or until the bell. Counting tens of thousands of verdicts takes a while:
   * looking is kept to a small share of the time, so that it does not compete with requests.
   *
   * @param look how long the last one took
   */
  private void pause(Duration look) {
    Duration least = look.multipliedBy(LOOK_TO_PAUSE);
    Duration interval = properties.watchInterval();
    long millis = (least.compareTo(interval) > 0 ? least : interval).toMillis();
    synchronized (bell) {
      try {
        if (!rung) {
          bell.wait(millis);
        }
        rung = false;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        running = false;
      }
    }
  }

  private void submit(RoundLease.DueProject project) {
    long projectId = project.projectId();
    if (!inHand.contains(projectId) && places.tryAcquire()) {
      inHand.add(projectId);
      try {
        rounds.execute(() -> ProjectScope.of(project.slug()).run(() -> run(projectId)));
      } catch (RejectedExecutionException stopping) {
        leave(projectId);
      }
    }
  }

  private void run(long projectId) {
    boolean ran = false;
    activity.begin();
    try {
      Optional<HeldRound> held = lease.take(projectId);
      ran = held.isPresent();
      held.ifPresent(runner::run);
    } catch (DataAccessException | TransactionException unavailable) {
      log.warn("rounds=waiting project={} cause={}", projectId, unavailable.toString());
    } finally {
      activity.end();
      leave(projectId);
      // what could not be taken is left until the next interval
      if (ran) {
        ring();
      }
    }
  }

  private void leave(long projectId) {
    inHand.remove(projectId);
    places.release();
  }
}
