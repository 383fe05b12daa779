package dev.tiebreak.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.OwnerSql;
import dev.tiebreak.RemoteProject;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.linalg.FloatMatrix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A certificate: who asks for it gets it, and it is true. */
@IntegrationTest
class CertificateIT {

  private final Http http;
  private final JdbcClient owner;

  CertificateIT(Http http, Environment environment) {
    this.http = http;
    this.owner = OwnerSql.of(environment);
  }

  @Test
  void isKeptWithTheBatchOfTheRoundThatItWasAskedFor() {
    RemoteProject project = project(Map.of("batchSize", 4));
    project.uploadRandom(6, 4, 1);
    JsonNode certificate = project.certify();
    JsonNode batch = project.batch(1);
    assertThat(batch.path("diagnostics").path("certificate")).isEqualTo(certificate);
    assertThat(project.batches().getFirst().path("diagnostics").path("certificate"))
        .isEqualTo(certificate);
    double gain = certificate.path("gain").asDouble();
    double bound = certificate.path("bound").asDouble();
    assertThat(gain)
        .isCloseTo(batch.path("diagnostics").path("predictedGain").asDouble(), within(1e-9));
    assertThat(bound).isGreaterThanOrEqualTo(gain);
    assertThat(certificate.path("share").asDouble())
        .isCloseTo(gain / bound, within(1e-12))
        .isBetween(0.63, 1.0);
    JsonNode unasked = project.select().path("diagnostics");
    assertThat(unasked.has("certificate")).isTrue();
    assertThat(unasked.path("certificate").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isMadeWhereOneOfThoseWhoShareARoundAsksForIt(boolean first) {
    RemoteProject project = project(Map.of("batchSize", 2));
    project.uploadRandom(4, 3, 2);
    long id = project.id(owner);
    hold(id, "1 hour");
    for (boolean asks : new boolean[] {first, !first}) {
      JsonNode queued =
          http.postJson(project.path("/refits"), asks ? Map.of("certificate", true) : Map.of())
              .expect(202)
              .json();
      assertThat(queued.path("number").asInt()).isOne();
    }
    hold(id, "0 s");
    RemoteProject.until("round 1", () -> project.rounds() == 1);
    assertThat(project.batch(1).path("diagnostics").path("certificate").path("share").isNumber())
        .isTrue();
  }

  /** The best of all batches, by trying: the bound may not lie below it. */
  @Test
  void liesAboveEveryBatch() {
    float[][] rows = {{3, 0}, {0, 0}, {0, 2}, {1, 1}, {-2, 1}};
    float[] flat = new float[10];
    for (int i = 0; i < 10; i++) {
      flat[i] = rows[i / 2][i % 2];
    }
    RemoteProject project =
        project(Map.of("dimension", 2, "batchSize", 3, "prior", "ISOTROPIC", "priorPrecision", 1));
    project.upload(FloatMatrix.of(5, 2, flat), new int[5]);
    double best = 0;
    for (int batch = 0; batch < 1 << 10; batch++) {
      if (Integer.bitCount(batch) == 3) {
        best = Math.max(best, gain(rows, batch));
      }
    }
    JsonNode certificate = project.certify();
    assertThat(certificate.path("bound").asDouble()).isBetween(best, 1.2 * best);
    assertThat(certificate.path("gain").asDouble()).isBetween(0.63 * best, best + 1e-9);
  }

  /** log det(I + ¼ Σ x xᵀ) over the pairs of the batch, numbered in order. */
  private static double gain(float[][] rows, int batch) {
    double a = 1;
    double b = 0;
    double c = 1;
    int pair = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = i + 1; j < rows.length; j++, pair++) {
        if ((batch >> pair & 1) == 1) {
          double x = rows[i][0] - rows[j][0];
          double y = rows[i][1] - rows[j][1];
          a += x * x / 4;
          b += x * y / 4;
          c += y * y / 4;
        }
      }
    }
    return Math.log(a * c - b * b);
  }

  /** Few responses lie far out, so that chance hardly meets them. */
  @Test
  void showsThatChanceIsFarFromTheBest() {
    Random random = new Random(5);
    float[] values = new float[240 * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * (i / 4 % 60 == 0 ? 30 : 1));
    }
    double[] share = new double[2];
    for (Strategy strategy : List.of(Strategy.GREEDY_D_OPTIMAL, Strategy.RANDOM)) {
      RemoteProject project =
          project(Map.of("dimension", 4, "batchSize", 6, "strategy", strategy.name()));
      project.upload(FloatMatrix.of(240, 4, values), new int[240]);
      share[strategy == Strategy.RANDOM ? 1 : 0] = project.certify().path("share").asDouble();
    }
    assertThat(share[0]).isBetween(0.9, 1.0);
    assertThat(share[1]).isBetween(0.01, share[0] - 0.1);
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void isMadeUnderEveryStrategyAndWithARandomArm(Strategy strategy) {
    RemoteProject project =
        project(
            Map.of(
                "strategy",
                strategy.name(),
                "batchSize",
                8,
                "randomShare",
                0.25,
                "pairing",
                "ANY"));
    project.uploadRandom(5, 4, 3);
    project.judge(0, 1, "LEFT", "ann");
    JsonNode certificate = project.certify();
    double design =
        project
            .batch(1)
            .path("comparisons")
            .valueStream()
            .filter(c -> c.path("arm").asString().equals("DESIGN"))
            .mapToDouble(c -> c.path("gain").asDouble())
            .sum();
    assertThat(certificate.path("gain").asDouble()).isCloseTo(design, within(1e-9));
    assertThat(certificate.path("bound").asDouble()).isGreaterThanOrEqualTo(design);
    assertThat(certificate.path("share").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void isCertainWhereThereIsNothingToChooseFrom() {
    RemoteProject project = project(Map.of("batchSize", 2));
    assertNothingToGain(project);
    project.uploadRandom(3, 1, 4);
    assertNothingToGain(project);
  }

  private static void assertNothingToGain(RemoteProject project) {
    JsonNode certificate = project.certify();
    assertThat(certificate.path("gain").asDouble()).isZero();
    assertThat(certificate.path("bound").asDouble()).isZero();
    assertThat(certificate.path("share").asDouble()).isOne();
  }

  private void hold(long id, String time) {
    owner
        .sql(
            """
            update round_status
            set holder = coalesce(holder, gen_random_uuid()), held_until = clock_timestamp() + ?::interval
            where project_id = ?
            """)
        .params(time, id)
        .update();
  }

  private RemoteProject project(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putIfAbsent("dimension", 3);
    return RemoteProject.create(http, "certificate", all);
  }
}
