package dev.tiebreak.load;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The whole run; its end is 1 where a goal is missed. */
final class LoadRun {

  private final Options options;

  private LoadRun(Options options) {
    this.options = options;
  }

  /** Takes its options from system properties: {@link Options}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Options options = Options.ofSystem();
    boolean met = new LoadRun(options).run();
    System.exit(met || !options.goals() ? 0 : 1);
  }

  private boolean run() throws IOException, InterruptedException {
    Files.createDirectories(options.directory());
    System.out.println("phase=start " + options);
    try (ServiceProcess service = ServiceProcess.start(options);
        Client client = new Client(service.uri())) {
      return load(service, client);
    }
  }

  private boolean load(ServiceProcess service, Client client)
      throws IOException, InterruptedException {
    MadeUpResponses responses = new MadeUpResponses(options.seed());
    Workplace workplace = new Workplace(client, options);
    System.out.println("phase=open");
    workplace.open(responses);
    Acknowledged acknowledged = new Acknowledged();
    Floor floor = new Floor(workplace.projects(), options.annotators());
    FloorCalls calls = new FloorCalls(client, floor, acknowledged, responses, options.together());
    List<PhaseResult> results = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      PhaseRun run = new PhaseRun(options, service, calls, executor, workplace);
      for (Phase phase : phases()) {
        results.add(run.run(phase));
      }
    }
    System.out.println("phase=check");
    LogCheck log = LogCheck.of(workplace, acknowledged);
    List<Goal> goals = goals(results, log);
    Report report = new Report(options, results, log, goals);
    report.write(options.directory());
    System.out.println(report.markdown());
    return goals.stream().allMatch(Goal::met);
  }

  private List<Phase> phases() {
    List<Phase> phases = new ArrayList<>();
    phases.add(new Phase("warm-up", options.warmUp(), 1));
    phases.add(new Phase("steady", options.steady(), 1));
    if (!options.overloaded().isZero()) {
      phases.add(new Phase("overload", options.overloaded(), options.overload()));
      phases.add(new Phase("recovery", options.recovery(), 1));
      phases.add(new Phase("recovered", options.recovered(), 1));
    }
    return phases;
  }

  private List<Goal> goals(List<PhaseResult> results, LogCheck log) {
    List<Goal> goals = new ArrayList<>();
    PhaseResult steady = results.get(1);
    goals.addAll(Goal.usual(steady, options));
    if (results.size() > 2) {
      goals.addAll(Goal.overload(results.get(2), steady));
      goals.addAll(Goal.usual(results.getLast(), options));
    }
    goals.addAll(Goal.kept(log));
    return goals;
  }
}
