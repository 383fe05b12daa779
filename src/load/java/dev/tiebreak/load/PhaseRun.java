package dev.tiebreak.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Runs a phase: one thread for each kind of call lets calls become due, this one tells how it goes.
 */
final class PhaseRun {

  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final double P99 = 99;

  private final Options options;
  private final ServiceProcess service;
  private final FloorCalls calls;
  private final Executor executor;
  private final Workplace workplace;
  private final SplittableRandom random;

  PhaseRun(
      Options options,
      ServiceProcess service,
      FloorCalls calls,
      Executor executor,
      Workplace workplace) {
    this.options = options;
    this.service = service;
    this.calls = calls;
    this.executor = executor;
    this.workplace = workplace;
    this.random = new SplittableRandom(options.seed());
  }

  PhaseResult run(Phase phase) throws IOException, InterruptedException {
    Measurements measurements = new Measurements();
    Usage before = Usage.now(service);
    long rounds = workplace.rounds();
    long begin = System.nanoTime();
    long end = begin + phase.length().toNanos();
    List<Thread> threads = new ArrayList<>();
    for (Map.Entry<Call, Double> rate : phase.rates(options).entrySet()) {
      Call call = rate.getKey();
      Arrivals arrivals =
          new Arrivals(
              rate.getValue(),
              end,
              random.split(),
              executor,
              due -> calls.make(call, measurements, due));
      threads.add(Thread.ofPlatform().name("due-" + call).start(arrivals));
    }
    tell(phase, measurements, begin, end);
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    Usage usage = Usage.now(service).since(before);
    return new PhaseResult(phase, seconds, measurements, usage, workplace.rounds() - rounds);
  }

  private void tell(Phase phase, Measurements measurements, long begin, long end)
      throws IOException, InterruptedException {
    Usage last = Usage.now(service);
    long told = begin;
    long batches = 0;
    long verdicts = 0;
    while (System.nanoTime() < end) {
      TimeUnit.NANOSECONDS.sleep(Math.min(TELL_NANOS, Math.max(0, end - System.nanoTime())));
      long now = System.nanoTime();
      double seconds = (now - told) / 1e9;
      Usage usage = Usage.now(service);
      Usage used = usage.since(last);
      long batchesNow = measurements.served(Call.NEXT_BATCH).getTotalCount();
      long verdictsNow = measurements.verdicts();
      System.out.printf(
          "phase=%s seconds=%d/%d next-batch/s=%.0f verdicts/s=%.0f p99ms=%.0f,%.0f,%.0f refused=%d"
              + " errors=%d cpu service=%.2f postgres=%.2f generator=%.2f resident=%dMB%n",
          phase.name(),
          (now - begin) / 1_000_000_000,
          phase.length().toSeconds(),
          (batchesNow - batches) / seconds,
          (verdictsNow - verdicts) / seconds,
          p99(measurements.served(Call.NEXT_BATCH)),
          p99(measurements.served(Call.VERDICT)),
          p99(measurements.served(Call.VERDICTS)),
          measurements.refused().getTotalCount(),
          measurements.errors(),
          used.service() / seconds,
          used.postgres() / seconds,
          used.generator() / seconds,
          usage.residentBytes() / 1_000_000);
      last = usage;
      told = now;
      batches = batchesNow;
      verdicts = verdictsNow;
    }
  }

  private static double p99(Histogram histogram) {
    return histogram.getValueAtPercentile(P99) / 1000.0;
  }
}
