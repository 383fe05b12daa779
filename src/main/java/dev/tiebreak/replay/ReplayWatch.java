package dev.tiebreak.replay;

import dev.tiebreak.database.AfterCommit;
import dev.tiebreak.database.ProjectScope;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Looks for replays that wait, and runs them, one after the other. */
@Component
class ReplayWatch implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(ReplayWatch.class);
  private static final long SHUTDOWN_SECONDS = 20;

  private final ReplayLease lease;
  private final ReplayRunner runner;
  private final ReplayProperties properties;
  private final Object bell = new Object();
  private CountDownLatch ended = new CountDownLatch(0);
  private volatile boolean running;
  private boolean rung;

  ReplayWatch(ReplayLease lease, ReplayRunner runner, ReplayProperties properties) {
    this.lease = lease;
    this.runner = runner;
    this.properties = properties;
  }

  @Override
  public void start() {
    if (properties.enabled()) {
      running = true;
      CountDownLatch latch = new CountDownLatch(1);
      ended = latch;
      Thread.ofPlatform().name("replay-watch").daemon().start(() -> watch(latch));
    }
  }

  /** A replay under way is let go of after the step that its cells are at. */
  @Override
  public void stop() {
    running = false;
    ring();
    try {
      if (!ended.await(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
        log.warn("replays=unfinished detail=\"taken up again when the hold ends\"");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int getPhase() {
    return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1024;
  }

  @Override
  public boolean isRunning() {
    return running;
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

  private void watch(CountDownLatch latch) {
    try {
      while (running) {
        if (!runNext()) {
          pause();
        }
      }
    } finally {
      latch.countDown();
    }
  }

  private boolean runNext() {
    try {
      Optional<HeldReplay> held = ProjectScope.all().call(lease::take);
      held.ifPresent(replay ->
          ProjectScope.of(replay.project()).run(() -> runner.run(replay, () -> !running)));
      return held.isPresent();
    } catch (DataAccessException | TransactionException unavailable) {
      log.warn("replays=waiting cause={}", unavailable.toString());
    } catch (RuntimeException unexpected) {
      log.error("replays=waiting", unexpected);
    }
    return false;
  }

  private void pause() {
    synchronized (bell) {
      try {
        if (!rung) {
          bell.wait(properties.watchInterval().toMillis());
        }
        rung = false;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        running = false;
      }
    }
  }
}
