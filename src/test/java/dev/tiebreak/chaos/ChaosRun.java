package dev.tiebreak.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A run: annotators work on one project, a trainer asks for rounds of another, and a nemesis breaks
 * what it can. Then all is healed, and what was promised is held against what is stored.
 */
final class ChaosRun implements AutoCloseable {

  static final String FLOOR = "floor";
  static final String ROUNDS = "rounds";

  /** Where reports go, and what makes starts fast. */
  static final Path DIRECTORY = Path.of("target", "chaos");

  private static final long CALM_MILLIS = 6000;

  /** The first seconds are slower than the rest. */
  private static final long WARM_MILLIS = 5000;

  private static final long HEAL_SECONDS = 240;
  private static final long END_SECONDS = 60;
  private static final long PROGRESS_MILLIS = 10_000;

  private final World world;
  private final Load load;
  private final Rounds rounds;
  private final Vigil vigil;
  private final List<Nemesis> lanes = new ArrayList<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("chaos-", 1).factory());
  private final List<Future<?>> work = new ArrayList<>();
  private final AtomicBoolean faultsOver = new AtomicBoolean();
  private final AtomicBoolean workOver = new AtomicBoolean();
  private final Findings findings = new Findings();

  /**
   * What the annotators do.
   *
   * @param settings of the project beside those that every run has
   */
  record Load(
      int annotators,
      int leaseSeconds,
      Annotator.Habits habits,
      long seed,
      Map<String, Object> settings) {

    /** A busy floor. */
    static Load of(int annotators, long seed) {
      return new Load(
          annotators, 5, new Annotator.Habits(20, 0.03, 0.03, 0.03, 0.05, 20), seed, Map.of());
    }
  }

  ChaosRun(Launcher launcher, World.Plan plan, Load load)
      throws IOException, SQLException, InterruptedException {
    this.world = new World(launcher, plan);
    this.load = load;
    this.rounds = new Rounds(world, ROUNDS, new Random(load.seed));
    this.vigil = new Vigil(world);
  }

  World world() {
    return world;
  }

  /** Makes the projects and sets everybody to work. */
  void begin() throws IOException, InterruptedException {
    Map<String, Object> settings =
        new java.util.HashMap<>(
            Map.of(
                "dimension", Rounds.DIMENSION,
                "pairing", "ANY",
                "strategy", "RANDOM",
                "candidateLimit", 5000,
                "batchSize", 2000,
                "lowWater", 1000,
                "refitAfter", 500,
                "overlap", 2,
                "leaseSeconds", load.leaseSeconds));
    settings.put("prior", "ISOTROPIC");
    settings.put("priorPrecision", 1);
    settings.put("maxLeasesPerAnnotator", 60);
    settings.putAll(load.settings);
    new Rounds(world, FLOOR, new Random(load.seed)).create(1200, settings);
    rounds.create(
        40,
        Map.of(
            "dimension",
            Rounds.DIMENSION,
            "strategy",
            "RANDOM",
            "prior",
            "ISOTROPIC",
            "priorPrecision",
            1,
            "batchSize",
            5));
    vigil.create();
    for (int i = 0; i < load.annotators; i++) {
      Annotator annotator =
          new Annotator(
              "annotator-" + i,
              FLOOR,
              load.leaseSeconds,
              load.habits,
              world.client(),
              world.traffic(),
              world.journals(),
              new Random(load.seed * 1000 + i),
              workOver::get);
      submit(annotator::work);
    }
    submit(() -> rounds.ask(workOver::get));
    submit(() -> vigil.keep(workOver::get));
    awaitVerdicts(load.annotators);
    Thread.sleep(WARM_MILLIS);
  }

  /** Waits for so many more acknowledged verdicts. */
  void awaitVerdicts(long more) throws InterruptedException {
    long wanted = world.traffic().total() + more;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(HEAL_SECONDS);
    while (world.traffic().total() < wanted) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("nobody works: " + world.traffic().oddities());
      }
      Thread.sleep(50);
    }
  }

  private void submit(Callable<?> callable) {
    work.add(threads.submit(callable));
  }

  /**
   * Lets one nemesis or several loose for a while.
   *
   * @param measured whether each waits until the rate is back, so that faults stand alone
   */
  void faults(Duration duration, boolean measured, List<List<Fault>> lists)
      throws InterruptedException, ExecutionException {
    faultsOver.set(false);
    List<Future<?>> running = new ArrayList<>();
    for (List<Fault> kinds : lists) {
      Nemesis lane = new Nemesis(world, rounds, load.seed + lanes.size(), kinds, measured);
      lanes.add(lane);
      running.add(threads.submit(() -> lane.run(faultsOver::get)));
    }
    long end = world.traffic().now() + duration.toMillis();
    for (long next = 0; world.traffic().now() < end; next++) {
      if (next % (PROGRESS_MILLIS / 100) == 0) {
        progress();
      }
      Thread.sleep(100);
    }
    faultsOver.set(true);
    for (Future<?> lane : running) {
      lane.get();
    }
  }

  /** Does just this, once. */
  void fault(Fault fault, int replica, long millis)
      throws IOException, SQLException, InterruptedException {
    Nemesis lane = new Nemesis(world, rounds, load.seed, List.of(fault), false);
    lanes.add(lane);
    lane.happen(fault, replica, millis);
  }

  private void progress() {
    System.out.printf(
        "chaos %6.1f s verdicts=%d faults=%d leaders=%d ready=%d retries=%d%n",
        world.traffic().now() / 1000.0,
        world.traffic().total(),
        events().size(),
        rounds.lost().size(),
        world.balancer().readyReplicas(),
        world.traffic().retries());
  }

  List<Nemesis.Event> events() {
    return lanes.stream().flatMap(lane -> lane.events().stream()).toList();
  }

  /** Takes the database away for a moment: readiness must notice, liveness must not. */
  void probe() throws IOException, SQLException, InterruptedException {
    awaitAll();
    world.<Boolean>withDatabase(() -> {
      world.primary().stop();
      for (Replica replica : world.replicas()) {
        awaitStatus(replica, "/readyz", 503);
        awaitStatus(replica, "/livez", 200);
      }
      world.primary().start();
      return true;
    });
    awaitAll();
  }

  private void awaitStatus(Replica replica, String probe, int wanted) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    int status = replica.status(probe);
    while (status != wanted && System.nanoTime() < end) {
      Thread.sleep(100);
      status = replica.status(probe);
    }
    if (status != wanted) {
      findings.violated(Check.PROBES, replica.name() + probe + " without a database: " + status);
    }
  }

  /** Heals, lets all work in peace for a while, ends the work and checks. */
  Findings end(boolean alone)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    awaitAll();
    long calmSince = databaseMillis();
    Thread.sleep(CALM_MILLIS);
    long calmUntil = databaseMillis();
    workOver.set(true);
    for (Future<?> done : work) {
      try {
        done.get(END_SECONDS, TimeUnit.SECONDS);
      } catch (java.util.concurrent.TimeoutException hung) {
        findings.violated(Check.ANSWERS, "a client still waits for an answer");
      }
    }
    lastRound();
    check(calmSince, calmUntil, alone);
    return findings;
  }

  private void awaitAll() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(HEAL_SECONDS);
    while (world.balancer().readyReplicas() < world.replicas().size()) {
      if (System.nanoTime() > end) {
        findings.violated(
            Check.WORKS_AGAIN, world.balancer().readyReplicas() + " replicas are ready");
        return;
      }
      Thread.sleep(100);
    }
  }

  private long databaseMillis() throws SQLException {
    return Long.parseLong(
        world.query("select (extract(epoch from clock_timestamp()) * 1000)::bigint").getFirst());
  }

  /** A round after all verdicts has read all of them. */
  private void lastRound() throws SQLException, InterruptedException {
    Client client = world.client();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    String state = "";
    while (!state.equals("DONE") && System.nanoTime() < end) {
      JsonNode refit =
          client
              .send(
                  client.json("/projects/" + FLOOR + "/refits?wait=15", "POST", Map.of()),
                  () -> System.nanoTime() < end)
              .map(Client.Reply::body)
              .orElse(Client.JSON.nullNode());
      state = refit.path("state").asString("");
    }
    if (!state.equals("DONE")) {
      findings.violated(Check.WORKS_AGAIN, "the last round: " + state);
      return;
    }
    findings.violated(
        Check.WATERMARK,
        world.query(
            """
            select 'the last fit read ' || f.verdicts || ' of ' || c.n
            from project p
            join round_status s on s.project_id = p.project_id
            join fit f on f.project_id = p.project_id and f.number = s.fit
            cross join lateral (
              select count(*) as n from counted_verdict v where v.project_id = p.project_id) c
            where p.slug = '%s' and f.verdicts <> c.n
            """
                .formatted(FLOOR)));
  }

  private void check(long calmSince, long calmUntil, boolean alone)
      throws IOException, SQLException {
    List<Journal.Line> journal = Journal.readAll(world.journals());
    try (Connection connection = world.connect()) {
      new VerdictChecks(journal, findings).check(connection, FLOOR);
      LeaseChecks leases = new LeaseChecks(journal, findings);
      leases.check(connection, FLOOR, load.leaseSeconds);
      leases.checkOfferedAgain(
          connection, Vigil.PROJECT, Vigil.LEASE_SECONDS, calmSince, calmUntil);
    }
    DatabaseChecks database = new DatabaseChecks(world, findings);
    database.check();
    database.takenOver(rounds.lost(), alone);
    world
        .traffic()
        .oddities()
        .forEach((what, times) -> findings.violated(Check.ANSWERS, what + ", " + times + " times"));
    findings.figure("requests sent again", world.traffic().retries());
    findings.figure("publications refused", logged("publication=REFUSED"));
    findings.figure("rounds released", logged("state=RELEASED"));
    findings.figure("links given up as silent", logged("database=silent"));
  }

  /** Whether a rule of the mutation has found one of the service's statements. */
  boolean applied(int rule) throws IOException {
    return logged(Tampering.MUTATED + rule + ":") > 0;
  }

  private long logged(String text) throws IOException {
    long lines = 0;
    for (Replica replica : world.replicas()) {
      try (Stream<String> log = replica.lines().stream()) {
        lines += log.filter(line -> line.contains(text)).count();
      }
    }
    return lines;
  }

  /** For who wants to know why. */
  private void keepLogs() throws IOException {
    for (Replica replica : world.replicas()) {
      Files.write(DIRECTORY.resolve(replica.name() + ".log"), replica.lines());
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    workOver.set(true);
    faultsOver.set(true);
    threads.shutdownNow();
    keepLogs();
    world.close();
  }
}
