package dev.tiebreak.simulation;

import dev.tiebreak.command.UsageException;
import dev.tiebreak.simulation.Contract.LogEntry;
import dev.tiebreak.simulation.Options.Existing;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code simulate} command. */
public final class Simulation {

  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int MISUSED = 2;
  private static final long DATA_SEED = 1;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;

  /**
   * A command that prints there.
   *
   * @param terminal whether {@code out} is one
   */
  Simulation(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * Runs the command with the arguments that follow its name.
   *
   * @return the exit status: 0 done, 1 failed or verdicts lost, 2 the arguments can't be meant
   */
  public static int run(String... arguments) {
    Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    return new Simulation(System.out, System.err, terminal).execute(arguments);
  }

  int execute(String... arguments) {
    try {
      Options options = Options.parse(arguments);
      if (options.help()) {
        out.print(Help.text());
        return OK;
      }
      Path journal = options.check();
      return journal != null ? check(options, journal) : simulate(options);
    } catch (UsageException e) {
      err.println(e.getMessage());
      return MISUSED;
    } catch (SimulationException e) {
      err.println(e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      err.println("Interrupted");
      return FAILED;
    }
  }

  private int simulate(Options options) throws InterruptedException {
    Path directory = options.data();
    DataSet data =
        directory == null ? GeneratedData.make(DATA_SEED) : DataDirectory.read(directory);
    Crew crew = Crew.of(options, data);
    Progress progress = new Progress(out, terminal);
    progress.say(data.description());
    Path acknowledged = options.acknowledged();
    Path csv = options.csv();
    try (Transport transport =
            new Transport(options.url(), options.timeout(), progress::say, options.key());
        Journal journal = acknowledged == null ? null : Journal.open(acknowledged)) {
      return runAll(
          new Session(
              options,
              data,
              crew,
              new ServiceClient(transport, options.timeout()),
              progress,
              journal,
              csv == null ? null : CurveFile.open(csv, options.existing() == Existing.RESUME)));
    }
  }

  private int runAll(Session session) throws InterruptedException {
    List<Run> runs = new ArrayList<>();
    for (long seed : session.options().seeds()) {
      for (String strategy : session.options().strategies()) {
        runs.add(new Run(session, strategy, seed));
      }
    }
    for (Run run : runs) {
      run.check();
    }
    List<Curve> curves = new ArrayList<>();
    try {
      for (Run run : runs) {
        curves.add(run.run());
      }
      return OK;
    } finally {
      if (!curves.isEmpty()) {
        session.progress().say(new CurveTable(curves).text().stripTrailing());
      }
    }
  }

  private int check(Options options, Path file) throws InterruptedException {
    Map<String, List<Journal.Line>> projects = new LinkedHashMap<>();
    for (Journal.Line line : Journal.read(file)) {
      projects.computeIfAbsent(line.project(), absent -> new ArrayList<>()).add(line);
    }
    boolean clean = true;
    try (Transport transport =
        new Transport(options.url(), options.timeout(), err::println, options.key())) {
      ServiceClient client = new ServiceClient(transport, options.timeout());
      for (Map.Entry<String, List<Journal.Line>> project : projects.entrySet()) {
        List<LogEntry> log = new ArrayList<>();
        client.log(project.getKey(), log::add);
        JournalCheck check = JournalCheck.of(project.getValue(), log);
        out.println(
            "%s: %d verdicts acknowledged, %d in the log; lost %d, duplicated %d"
                .formatted(
                    project.getKey(),
                    check.acknowledged(),
                    check.logged(),
                    check.lost().size(),
                    check.duplicated().size()));
        check.lost().forEach(verdict -> out.println("  lost: " + verdict));
        check.duplicated().forEach(verdict -> out.println("  duplicated: " + verdict));
        clean &= check.clean();
      }
    }
    return clean ? OK : FAILED;
  }
}
