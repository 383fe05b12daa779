package dev.tiebreak.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Processor seconds that were used, and the service's memory, as Linux tells them.
 *
 * @param residentBytes of the service, now
 * @param peakBytes of the service, the most so far
 */
record Usage(
    double service, double postgres, double generator, long residentBytes, long peakBytes) {

  /** Of the fields after the program's name: own and reaped children's ticks. */
  private static final int USER = 11;

  private static final double TICKS_PER_SECOND = 100;

  static Usage now(ServiceProcess service) throws IOException {
    ProcessHandle postgres = service.postgres();
    double postgresSeconds = seconds(postgres.pid(), true);
    for (ProcessHandle backend : postgres.children().toList()) {
      postgresSeconds += seconds(backend.pid(), false);
    }
    long pid = service.handle().pid();
    return new Usage(
        seconds(pid, false),
        postgresSeconds,
        seconds(ProcessHandle.current().pid(), false),
        kilobytes(pid, "VmRSS") * 1024,
        kilobytes(pid, "VmHWM") * 1024);
  }

  /** What was used since. */
  Usage since(Usage before) {
    return new Usage(
        service - before.service,
        postgres - before.postgres,
        generator - before.generator,
        residentBytes,
        peakBytes);
  }

  private static double seconds(long pid, boolean withReaped) throws IOException {
    String stat;
    try {
      stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    } catch (NoSuchFileException ended) {
      return 0;
    }
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
    long ticks = 0;
    for (int i = USER; i < USER + (withReaped ? 4 : 2); i++) {
      ticks += Long.parseLong(fields.get(i));
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static long kilobytes(long pid, String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }
}
