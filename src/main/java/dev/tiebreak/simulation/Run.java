package dev.tiebreak.simulation;

import dev.tiebreak.evaluation.Coin;
import dev.tiebreak.evaluation.Split;
import dev.tiebreak.simulation.Contract.Model;
import dev.tiebreak.simulation.Options.Existing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One strategy under one seed, in a project of its own. Annotators pause at each point of the curve
 * until a round has used all their verdicts and its model is scored, so that curves of different
 * strategies are alike in all but the strategy.
 */
final class Run {

  private final Options options;
  private final Crew crew;
  private final DataSet data;
  private final ServiceClient client;
  private final Progress progress;
  private final @Nullable CurveFile csv;
  private final String strategy;
  private final long seed;
  private final String project;
  private final Split split;
  private final Evaluation evaluation;
  private final Workplace workplace;
  private final Tally tally = new Tally();
  private final List<Checkpoint> points = new ArrayList<>();
  private long start = System.nanoTime();
  private long answeringNanos;

  Run(Session session, String strategy, long seed) {
    this.options = session.options();
    this.crew = session.crew();
    this.data = session.data();
    this.client = session.client();
    this.progress = session.progress();
    this.csv = session.csv();
    this.strategy = strategy;
    this.seed = seed;
    this.project = options.project(data.name(), strategy, seed);
    this.split = split(data, options.holdout(), seed);
    this.evaluation = Evaluation.of(data, split.heldOut());
    this.workplace =
        new Workplace(
            project,
            data,
            new Answers(data, seed, crew.overlap() > 1, options.skipShare(), options.tieShare()),
            new Supply(crew.annotators(), () -> client.round(project)),
            tally,
            progress,
            session.journal(),
            crew.annotators(),
            options.think(),
            options.timeout());
  }

  /** The same for every strategy. */
  private static Split split(DataSet data, double share, long seed) {
    if (data.promptIds().size() < 2) {
      throw new SimulationException(
          data.name() + ": one prompt to label and one to hold out are the least");
    }
    return Split.of(data.promptIds(), share, new Coin(seed));
  }

  /** Nothing that exists may be touched unless that was asked for. */
  void check() throws InterruptedException {
    if (options.existing() == Existing.REFUSE && client.exists(project)) {
      throw new SimulationException(
          "Project %s exists already: --resume continues it, --replace deletes it first, --project"
                  .formatted(project)
              + " names another");
    }
  }

  /** Runs to the end. */
  Curve run() throws InterruptedException {
    progress.say(
        "\n%s: %s, seed %d, %d prompts to label, %d held out"
            .formatted(project, strategy, seed, split.training().size(), split.heldOut().size()));
    start = System.nanoTime();
    int labels = prepare();
    progress.begin(labels, options.labels());
    point(labels);
    labels = label(labels);
    audit(labels);
    if (options.delete()) {
      client.delete(project);
    }
    return new Curve(
        project,
        strategy,
        seed,
        List.copyOf(points),
        tally.counted(),
        tally.uncounted(),
        tally.outcomes(),
        Duration.ofNanos(answeringNanos));
  }

  /** Makes the project ready; returns the labels that it has already. */
  private int prepare() throws InterruptedException {
    boolean exists = client.exists(project);
    if (exists && options.existing() == Existing.RESUME) {
      if (!client.hasResponses(project)) {
        upload();
      }
      return logged();
    }
    if (exists) {
      client.delete(project);
    }
    client.create(
        project, options.projectSettings(data.dimension(), strategy, seed, crew.overlap()));
    upload();
    return 0;
  }

  private void upload() throws InterruptedException {
    long begin = System.nanoTime();
    Contract.Uploaded uploaded =
        client.upload(project, new Upload(data, split.training(), client::write));
    progress.say(
        String.format(
            Locale.ROOT,
            "%,d responses uploaded in %.1f s",
            uploaded.responses(),
            (System.nanoTime() - begin) / 1e9));
  }

  /** Labels stage by stage; returns the labels given in the end. */
  private int label(int given) throws InterruptedException {
    int labels = given;
    try (AnnotatorKeys keys = new AnnotatorKeys(client, project);
        ExecutorService threads = Executors.newFixedThreadPool(crew.annotators())) {
      List<Annotator> annotators = new ArrayList<>();
      for (int number = 0; number < crew.annotators(); number++) {
        annotators.add(new Annotator(workplace, number, keys));
      }
      while (labels < options.labels()) {
        int next = Math.min(options.labels(), (labels / options.every() + 1) * options.every());
        @Nullable String end = stage(threads, annotators, next - labels);
        int reached = given + tally.counted();
        if (reached > labels) {
          point(reached);
        }
        labels = reached;
        if (end != null) {
          progress.say("Nothing is left to label (%s) after %d labels".formatted(end, labels));
          break;
        }
      }
    }
    return labels;
  }

  /** Lets all annotators label; returns why they couldn't give all that was wanted. */
  private @Nullable String stage(ExecutorService threads, List<Annotator> annotators, int wanted)
      throws InterruptedException {
    long begin = System.nanoTime();
    tally.restartClock();
    Budget budget = new Budget(wanted);
    List<Callable<@Nullable String>> work = new ArrayList<>();
    for (Annotator annotator : annotators) {
      work.add(() -> annotator.work(budget, wanted));
    }
    @Nullable String end = null;
    for (Future<@Nullable String> future : threads.invokeAll(work)) {
      @Nullable String reason = result(future);
      end = end == null ? reason : end;
    }
    answeringNanos += System.nanoTime() - begin;
    return end;
  }

  private static @Nullable String result(Future<@Nullable String> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SimulationException expected) {
        throw expected;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void point(int labels) throws InterruptedException {
    client.round(project);
    Model model = client.model(project);
    Checkpoint point =
        new Checkpoint(
            labels,
            model.round(),
            evaluation.score(model.weights()),
            Duration.ofNanos(System.nanoTime() - start));
    points.add(point);
    progress.point(point);
    if (csv != null) {
      csv.add(project, strategy, seed, point);
    }
  }

  private int logged() throws InterruptedException {
    AtomicInteger counted = new AtomicInteger();
    client.log(
        project,
        entry -> {
          if (entry.counted()) {
            counted.incrementAndGet();
          }
        });
    return counted.get();
  }

  /** The service's log must hold as many counted verdicts as were acknowledged. */
  private void audit(int labels) throws InterruptedException {
    int logged = logged();
    if (logged != labels) {
      throw new SimulationException(
          "%d verdicts were acknowledged as counted, but %d count in the log of project %s"
              .formatted(labels, logged, project));
    }
  }
}
