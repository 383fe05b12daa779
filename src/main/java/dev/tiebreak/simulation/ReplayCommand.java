package dev.tiebreak.simulation;

import dev.tiebreak.command.OptionHelp;
import dev.tiebreak.command.UsageException;
import dev.tiebreak.simulation.Contract.Replay;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The {@code replay} command: asks a service for a replay, follows it, and fetches its results. */
public final class ReplayCommand {

  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int MISUSED = 2;
  private static final long LOOK_MILLIS = 1000;

  private static final String INTRODUCTION =
      """
      Asks a running service which strategy would have saved labels on a project's own
      data, follows the replay, and writes its results: tables as CSV and JSON, curves as
      PNG and SVG. Ctrl-C cancels the replay and keeps what it has.

      java -jar tiebreak.jar replay --project NAME [options]
      java -jar tiebreak.jar replay --toy [options]

      """;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;

  /**
   * A command that prints there.
   *
   * @param terminal whether {@code out} is one
   */
  ReplayCommand(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * Runs the command with the arguments that follow its name.
   *
   * @return the exit status: 0 done, 1 failed or cancelled, 2 the arguments can't be meant
   */
  public static int run(String... arguments) {
    Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    return new ReplayCommand(System.out, System.err, terminal).execute(arguments);
  }

  int execute(String... arguments) {
    try {
      ReplayOptions options = ReplayOptions.parse(arguments);
      if (options.help()) {
        out.print(INTRODUCTION + OptionHelp.of(ReplayOption.values()));
        return OK;
      }
      try (Transport transport =
          new Transport(options.url(), options.timeout(), err::println, options.key())) {
        return replay(
            options,
            new ServiceClient(transport, options.timeout()),
            new ReplayClient(transport, options.project()));
      }
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

  private int replay(ReplayOptions options, ServiceClient service, ReplayClient client)
      throws InterruptedException {
    Map<String, Object> settings = prepare(options, service);
    Integer asked = options.follow();
    long number = asked == null ? client.request(settings) : asked;
    out.println("Replay %d of project %s".formatted(number, options.project()));
    Replay ended = asked == null ? followOrCancel(client, number) : follow(client, number);
    if (ended.state().equals("FAILED")) {
      throw new SimulationException("The replay failed: " + ended.detail());
    }
    Path chosen = options.out();
    Path folder =
        chosen == null ? Path.of("replay-%s-%d".formatted(options.project(), number)) : chosen;
    int written = new ReplayFiles(client, number, options.width(), options.height()).write(folder);
    out.print(RatioTable.text(client.ratios(number).items()));
    out.println("%d files in %s".formatted(written, folder));
    return ended.state().equals("DONE") ? OK : FAILED;
  }

  /** Ctrl-C cancels what this command has asked for. */
  private Replay followOrCancel(ReplayClient client, long number) throws InterruptedException {
    Thread cancel = Thread.ofPlatform().unstarted(() -> cancel(client, number));
    Runtime.getRuntime().addShutdownHook(cancel);
    try {
      return follow(client, number);
    } finally {
      keep(cancel);
    }
  }

  /** Where the JVM is ending already, the hook runs. */
  private static void keep(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // the replay is being cancelled
    }
  }

  /** Makes the project where that is asked; gives the settings of the replay. */
  private Map<String, Object> prepare(ReplayOptions options, ServiceClient client)
      throws InterruptedException {
    Path data = options.data();
    ReplayProject project = new ReplayProject(client, options.project(), out::println);
    if (data != null) {
      DataSet set = DataDirectory.read(data);
      project.create(set, options.projectSettings(), options.replace(), ReplayProject.gold(set));
    } else if (options.toy()) {
      Toy toy = new Toy();
      Map<String, Object> settings = over(Map.of("pairing", "ANY"), options.projectSettings());
      project.create(toy.data(), settings, options.replace(), toy::metadata);
      return over(
          Map.of(
              "planeFields", List.of("x", "y"),
              "goldScale", 1,
              "randomShare", 0,
              "seeds", 5,
              "labels", 100),
          options.settings());
    }
    return options.settings();
  }

  private static Map<String, Object> over(Map<String, Object> defaults, Map<String, Object> given) {
    Map<String, Object> all = new LinkedHashMap<>(defaults);
    all.putAll(given);
    return all;
  }

  private Replay follow(ReplayClient client, long number) throws InterruptedException {
    String shown = "";
    while (true) {
      Replay replay = client.get(number);
      String line = words(replay);
      if (terminal) {
        out.print("\r\u001b[K" + line);
        out.flush();
      } else if (!line.equals(shown)) {
        out.println(line);
      }
      shown = line;
      if (replay.hasEnded()) {
        if (terminal) {
          out.println();
        }
        return replay;
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  static String words(Replay replay) {
    Double left = replay.progress().secondsLeft();
    return "%s  %d of %d cells%s"
        .formatted(
            replay.state().toLowerCase(Locale.ROOT),
            replay.progress().done(),
            replay.progress().cells(),
            left == null
                ? ""
                : "  about %d:%02d left".formatted((long) (left / 60), (long) (left % 60)));
  }

  private void cancel(ReplayClient client, long number) {
    try {
      client.cancel(number);
      err.println("\nThe replay is cancelled; --follow " + number + " fetches what it has");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SimulationException e) {
      err.println(e.getMessage());
    }
  }
}
