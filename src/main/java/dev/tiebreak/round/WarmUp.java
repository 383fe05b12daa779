package dev.tiebreak.round;

import dev.tiebreak.design.Design;
import dev.tiebreak.design.DesignProblem;
import dev.tiebreak.design.PairSet;
import dev.tiebreak.design.Pairing;
import dev.tiebreak.design.Pairs;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.preference.EmbeddingSpectrum;
import dev.tiebreak.preference.Fit;
import dev.tiebreak.preference.Judgements;
import dev.tiebreak.preference.LastLayer;
import dev.tiebreak.preference.Prior;
import dev.tiebreak.preference.PriorSpecification;
import jakarta.annotation.PreDestroy;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Fits and selects on numbers that it makes up, once the service is ready, so that the compiler has
 * done its work before the first round. Ends by itself after some seconds, or within one of its
 * steps when the service stops.
 */
@Component
class WarmUp {

  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

  private static final int PASSES = 4;
  private static final int PROMPTS = 300;
  private static final int RESPONSES_EACH = 5;
  private static final int DIMENSION = 128;
  private static final int VERDICTS = 500;
  private static final int BATCH_SIZE = 100;
  private static final long SHUTDOWN_MILLIS = 5000;

  private final LinearAlgebra algebra;
  private final RoundProperties properties;
  private @Nullable Thread thread;
  private volatile boolean stopping;

  WarmUp(LinearAlgebra algebra, RoundProperties properties) {
    this.algebra = algebra;
    this.properties = properties;
  }

  @EventListener
  synchronized void ready(AvailabilityChangeEvent<ReadinessState> change) {
    boolean wanted = properties.enabled() && properties.warmUp();
    if (wanted && thread == null && change.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
      thread =
          Thread.ofPlatform()
              .name("warm-up")
              .daemon()
              .priority(Thread.MIN_PRIORITY)
              .start(this::run);
    }
  }

  @PreDestroy
  synchronized void stop() throws InterruptedException {
    stopping = true;
    if (thread != null) {
      thread.join(SHUTDOWN_MILLIS);
    }
  }

  /** Whatever goes wrong, rounds do without it. */
  private void run() {
    long start = System.nanoTime();
    try {
      int passes = passes();
      log.info("warm-up passes={} millis={}", passes, (System.nanoTime() - start) / 1_000_000);
    } catch (RuntimeException | Error failure) {
      log.warn("warm-up=failed", failure);
    }
  }

  /** How many passes were made before it was stopped. */
  int passes() {
    FloatMatrix embeddings = embeddings();
    int[] prompts =
        IntStream.range(0, embeddings.rows()).map(row -> row / RESPONSES_EACH).toArray();
    for (int pass = 0; pass < PASSES; pass++) {
      if (!pass(embeddings, prompts, pass)) {
        return pass;
      }
    }
    return PASSES;
  }

  /** False where it was stopped. */
  private boolean pass(FloatMatrix embeddings, int[] prompts, int pass) {
    LastLayer layer = new LastLayer(algebra);
    PriorSpecification prior = PriorSpecification.automatic(Prior.HIERARCHICAL);
    EmbeddingSpectrum spectrum = EmbeddingSpectrum.of(embeddings, prompts, algebra);
    Judgements earlier = judgements(VERDICTS, pass);
    if (stopping) {
      return false;
    }
    Fit fit = layer.fit(embeddings, spectrum, earlier, prior, null);
    for (Pairing pairing : new Pairing[] {Pairing.IN_PROMPT, Pairing.ANY}) {
      if (stopping) {
        return false;
      }
      Design.select(problem(embeddings, prompts, fit, earlier, pairing), algebra);
    }
    if (stopping) {
      return false;
    }
    Judgements later = judgements(VERDICTS + VERDICTS / 10, pass);
    layer.fit(embeddings, spectrum, later, prior, fit.weights()).posterior(algebra);
    return !stopping;
  }

  private DesignProblem problem(
      FloatMatrix embeddings, int[] prompts, Fit fit, Judgements past, Pairing pairing) {
    return new DesignProblem(
        fit.map().apply(embeddings),
        embeddings,
        prompts,
        fit.coefficients(),
        fit.information(),
        past,
        Pairs.none(),
        PairSet.none(),
        pairing,
        Strategy.I_OPTIMAL,
        BATCH_SIZE,
        0.1,
        null,
        0,
        null);
  }

  /** Normal numbers that shrink from column to column, as components of embeddings do. */
  private static FloatMatrix embeddings() {
    Random random = new Random(0);
    int rows = PROMPTS * RESPONSES_EACH;
    float[] values = new float[rows * DIMENSION];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() / (1 + i % DIMENSION));
    }
    return FloatMatrix.of(rows, DIMENSION, values);
  }

  /** Pairs within prompts, the first preferred mostly. */
  private static Judgements judgements(int count, long seed) {
    Random random = new Random(seed);
    int[] a = random.ints(count, 0, PROMPTS).map(prompt -> prompt * RESPONSES_EACH).toArray();
    int[] b = Arrays.stream(a).map(row -> row + 1 + random.nextInt(RESPONSES_EACH - 1)).toArray();
    double[] y = random.doubles(count).map(u -> u < 0.7 ? 1 : 0).toArray();
    return new Judgements(a, b, y);
  }
}
