package dev.tiebreak.round;

import dev.tiebreak.candidate.EmbeddingSet;
import dev.tiebreak.database.LostConnection;
import dev.tiebreak.design.Design;
import dev.tiebreak.design.DesignProblem;
import dev.tiebreak.design.Pairs;
import dev.tiebreak.design.RoundSeed;
import dev.tiebreak.design.Selection;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.ComparisonModel;
import dev.tiebreak.preference.EmbeddingSpectrum;
import dev.tiebreak.preference.Fit;
import dev.tiebreak.preference.MixedLastLayer;
import dev.tiebreak.preference.PriorSpecification;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.ProjectSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Runs one round: reads, fits, selects, publishes. Numbers run outside any transaction. */
@Component
class RoundRunner {

  private static final Logger log = LoggerFactory.getLogger(RoundRunner.class);

  private static final int CERTIFICATE_STEPS = 30;

  private final RoundLease lease;
  private final RoundReader reader;
  private final Spectra spectra;
  private final RecentFits recentFits;
  private final Fits fits;
  private final RoundPublication publication;
  private final LinearAlgebra algebra;
  private final RoundMetrics metrics;
  private final RoundProperties properties;
  private final ApplicationEventPublisher events;

  RoundRunner(
      RoundLease lease,
      RoundReader reader,
      Spectra spectra,
      RecentFits recentFits,
      @Qualifier("roundFits") Fits fits,
      RoundPublication publication,
      LinearAlgebra algebra,
      RoundMetrics metrics,
      RoundProperties properties,
      ApplicationEventPublisher events) {
    this.lease = lease;
    this.reader = reader;
    this.spectra = spectra;
    this.recentFits = recentFits;
    this.fits = fits;
    this.publication = publication;
    this.algebra = algebra;
    this.metrics = metrics;
    this.properties = properties;
    this.events = events;
  }

  /** Runs a round that this process holds, and lets go of it whatever comes. */
  void run(HeldRound round) {
    @Nullable RoundPublished published = null;
    try (Heartbeat heartbeat = Heartbeat.start(lease, round)) {
      Project project = reader.project(round.projectId()).orElseThrow(LostRoundException::new);
      published = run(round, project, heartbeat);
    } catch (LostRoundException lost) {
      metrics.lost();
      log.warn("round={} project={} state=LOST", round.number(), round.projectId());
    } catch (RuntimeException | Error failure) {
      fail(round, failure);
    }
    if (published != null) {
      tell(published);
    }
  }

  /** What follows from a round is no part of it: it is published, whatever comes. */
  private void tell(RoundPublished published) {
    try {
      events.publishEvent(published);
    } catch (RuntimeException | Error failure) {
      log.warn(
          "round={} project={} detail=\"a listener failed\"",
          published.number(),
          published.project().slug(),
          failure);
    }
  }

  private RoundPublished run(HeldRound round, Project project, Heartbeat heartbeat) {
    long start = System.nanoTime();
    ProjectSettings settings = project.settings();
    Optional<FitSummary> earlier = fits.newest(round.projectId());
    HeldRound begun =
        round.reusesFit() && earlier.filter(fit -> fit.agreesWith(settings)).isEmpty()
            ? round.withFreshFit()
            : round;
    RoundInput read =
        stage(begun, Stage.READ, heartbeat, () -> reader.read(begun, settings.overlap()));
    boolean outdated = begun.reusesFit() && read.embeddings().version() != begun.earlierVersion();
    HeldRound held = outdated ? begun.withFreshFit() : begun;
    RoundInput input =
        outdated
            ? stage(held, Stage.READ, heartbeat, () -> reader.read(held, settings.overlap()))
            : read;
    Fit fit =
        stage(held, Stage.FIT, heartbeat, () -> fit(held, settings, input, earlier.orElse(null)));
    RoundResult result =
        stage(held, Stage.SELECT, heartbeat, () -> select(held, settings, input, fit));
    RoundResult certified =
        held.certificate()
            ? stage(held, Stage.CERTIFY, heartbeat, () -> certify(result, heartbeat))
            : result;
    stage(
        held, Stage.PUBLISH, heartbeat, () -> publication.publish(held, project, input, certified));
    metrics.done();
    log.info(
        "round={} project={} state=DONE trigger={} verdicts={} prior={} precision={} exponent={} iterations={} converged={}"
            + " candidates={} selected={} gain={} millis={}",
        held.number(),
        project.slug(),
        held.trigger(),
        fit.verdicts(),
        fit.prior(),
        fit.priorPrecision(),
        fit.priorExponent(),
        fit.iterations(),
        fit.converged(),
        result.selection().candidates(),
        result.selection().pairs().size(),
        result.selection().diagnostics().predictedGain(),
        (System.nanoTime() - start) / 1_000_000);
    return new RoundPublished(project, held.number(), fit, result.problem(), result.selection());
  }

  private <T> T stage(HeldRound round, Stage stage, Heartbeat heartbeat, Supplier<T> work) {
    heartbeat.check();
    lease.enter(round, stage);
    return metrics.time(stage, work);
  }

  private Fit fit(
      HeldRound round, ProjectSettings settings, RoundInput input, @Nullable FitSummary earlier) {
    EmbeddingSet set = input.embeddings();
    PriorSpecification prior =
        round.reusesFit() && earlier != null
            ? earlier.prior()
            : new PriorSpecification(
                settings.prior(), settings.priorPrecision(), settings.priorExponent());
    EmbeddingSpectrum spectrum = spectra.of(round.projectId(), set, prior.prior());
    ComparisonModel model =
        round.reusesFit() && earlier != null
            ? earlier.effects().model()
            : settings.comparisonModel();
    Fit fit =
        new MixedLastLayer(algebra)
            .fit(
                set.embeddings(),
                spectrum,
                input.judgements(),
                input.groups(),
                prior,
                model,
                warmStart(earlier, set),
                recentFits.find(round.projectId(), set.version()));
    if (!fit.converged()) {
      metrics.notConverged();
      log.warn(
          "round={} project={} fit=NOT_CONVERGED precision={} step={} detail=\"the weights are as near as rounding"
              + " allows; a greater priorPrecision would help\"",
          round.number(),
          round.projectId(),
          fit.priorPrecision(),
          fit.newtonStep());
    }
    recentFits.keep(round.projectId(), set.version(), fit);
    return fit;
  }

  private static double @Nullable [] warmStart(@Nullable FitSummary earlier, EmbeddingSet set) {
    return earlier != null && earlier.weights().length == set.embeddings().columns()
        ? earlier.weights()
        : null;
  }

  private RoundResult select(HeldRound round, ProjectSettings settings, RoundInput input, Fit fit) {
    EmbeddingSet set = input.embeddings();
    Matrix features = fit.map().apply(set.embeddings());
    Long limit = settings.candidateLimit();
    long seed = RoundSeed.of(settings.seed(), round.number());
    DesignProblem problem =
        new DesignProblem(
            features,
            set.embeddings(),
            set.promptOf(),
            fit.coefficients(),
            fit.information(),
            input.judgements(),
            input.pending(),
            input.excluded(),
            settings.pairing(),
            settings.strategy(),
            settings.batchSize(),
            settings.randomShare(),
            limit == null ? null : (int) Math.min(Integer.MAX_VALUE, limit),
            seed,
            fit.effects());
    Selection selection = Design.select(problem, algebra);
    return new RoundResult(
        fit, problem, selection, null, realisedGains(round, input, fit, features));
  }

  /** So many steps at most, for so long at most; a bound there is from the first. */
  private RoundResult certify(RoundResult result, Heartbeat heartbeat) {
    long end = System.nanoTime() + properties.certificateTime().toNanos();
    return result.with(
        Design.certify(
            result.problem(),
            result.selection(),
            CERTIFICATE_STEPS,
            () -> {
              heartbeat.check();
              return System.nanoTime() - end < 0;
            },
            algebra));
  }

  /** What earlier batches' verdicts are worth, of those batches that this fit sees anew. */
  private Map<Long, Double> realisedGains(
      HeldRound round, RoundInput input, Fit fit, Matrix features) {
    Map<Long, Double> gains = new LinkedHashMap<>();
    if (round.reusesFit() || fit.effects() != null && !fit.effects().areNone()) {
      return gains;
    }
    Map<Long, List<Integer>> verdictsOf = reader.verdictsOfFreshBatches(round, input.judged());
    verdictsOf.forEach((batch, verdicts) -> {
      int[] a = verdicts.stream().mapToInt(i -> input.judgements().a()[i]).toArray();
      int[] b = verdicts.stream().mapToInt(i -> input.judgements().b()[i]).toArray();
      Double gain =
          Design.realisedGain(
              features, fit.coefficients(), fit.information(), new Pairs(a, b), algebra);
      if (gain != null) {
        gains.put(batch, gain);
      }
    });
    return gains;
  }

  private void fail(HeldRound round, Throwable failure) {
    try {
      if (LostConnection.isLost(failure)) {
        release(round, failure);
      } else if (lease.fail(round, words(failure))) {
        metrics.failed();
        log.error("round={} project={} state=FAILED", round.number(), round.projectId(), failure);
      } else {
        metrics.lost();
        log.warn(
            "round={} project={} state=LOST cause={}",
            round.number(),
            round.projectId(),
            failure.toString());
      }
    } catch (RuntimeException unavailable) {
      metrics.failed();
      log.warn(
          "round={} project={} detail=\"taken over when its hold ends\"",
          round.number(),
          round.projectId(),
          failure);
    }
  }

  /** The database was away, which is no fault of the round's. */
  private void release(HeldRound round, Throwable failure) {
    boolean held = lease.release(round);
    metrics.lost();
    log.warn(
        "round={} project={} state={} cause={}",
        round.number(),
        round.projectId(),
        held ? "RELEASED" : "LOST",
        failure.toString());
  }

  private static String words(Throwable failure) {
    return switch (failure) {
      case OutOfMemoryError memory -> "The service has too little memory for this round";
      case ProblemException problem -> problem.detail();
      default -> "The round failed; the service's log tells why";
    };
  }
}
