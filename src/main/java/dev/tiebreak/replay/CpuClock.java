package dev.tiebreak.replay;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The CPU time of the thread that asks; wall time where the JVM does not measure it. */
final class CpuClock {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private long last = now();

  /** Milliseconds since the last lap. */
  double lap() {
    long now = now();
    double millis = (now - last) / 1e6;
    last = now;
    return millis;
  }

  private static long now() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }
}
