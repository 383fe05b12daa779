package dev.tiebreak.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import dev.tiebreak.preference.Judgements;
import dev.tiebreak.preference.ReferenceCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The numpy reference, from uploaded rows to the published model and batch. */
@IntegrationTest
class ReferenceThroughHttpIT {

  static final List<String> CASES = ReferenceCase.ISOTROPIC;

  private final Http http;

  ReferenceThroughHttpIT(Http http) {
    this.http = http;
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void fitsAndSelectsAsTheReferenceDoesUnderTheIsotropicPrior(String name) {
    ReferenceCase reference = ReferenceCase.load(name);
    RemoteProject project =
        project(
            reference,
            Map.of(
                "prior",
                "ISOTROPIC",
                "priorPrecision",
                reference.lambda(),
                "strategy",
                "GREEDY_D_OPTIMAL"));
    JsonNode batch = select(project, reference, "GREEDY_D_OPTIMAL");
    assertIsotropicModel(project.model(), reference);
    assertPicks(batch, reference, "greedy_d_optimal");
    for (String strategy : List.of("D_OPTIMAL", "PAST_AWARE_D_OPTIMAL", "LINEAR_D_OPTIMAL")) {
      int[] top = reference.intsOrNull(strategy.toLowerCase(Locale.ROOT), "top");
      if (top != null) {
        assertSameSet(select(project, reference, strategy), reference, top);
      }
    }
    if (!name.equals("cold")) { // w = 0: every reward difference is zero there
      for (String strategy : List.of("MAX_ENTROPY", "MAX_DIFFERENCE")) {
        int[] top = reference.ints(strategy.toLowerCase(Locale.ROOT));
        assertSameSet(select(project, reference, strategy), reference, top);
      }
    }
    assertThat(indices(select(project, reference, "I_OPTIMAL"), reference))
        .containsExactly(
            Arrays.stream(reference.ints("i_optimal", "picks")).boxed().toArray(Integer[]::new));
    assertIsotropicModel(project.model(), reference);
  }

  @ParameterizedTest
  @ValueSource(strings = {"given", "auto"})
  void fitsAndSelectsAsTheReferenceDoesUnderTheSpectralPrior(String fit) {
    ReferenceCase reference = ReferenceCase.load(ReferenceCase.SPECTRAL);
    RemoteProject project =
        project(
            reference,
            fit.equals("auto")
                ? Map.of("prior", "SPECTRAL")
                : Map.of(
                    "prior",
                    "SPECTRAL",
                    "priorPrecision",
                    reference.number(fit, "prior_precision"),
                    "priorExponent",
                    reference.number(fit, "prior_exponent")));
    JsonNode batch = select(project, reference, "GREEDY_D_OPTIMAL");
    JsonNode model = project.model();
    assertModel(model, reference, fit);
    assertThat(model.path("prior").asString()).isEqualTo("SPECTRAL");
    for (String[] field :
        new String[][] {
          {"priorPrecision", "prior_precision"},
          {"priorExponent", "prior_exponent"},
          {"components", "components"},
          {"logEvidence", "log_evidence"}
        }) {
      assertClose(model.path(field[0]), reference.number(fit, field[1]));
    }
    assertPicks(batch, reference, fit, "greedy_d_optimal");
  }

  private RemoteProject project(ReferenceCase reference, Map<String, Object> prior) {
    Map<String, Object> settings = new java.util.HashMap<>(prior);
    settings.put("dimension", reference.embeddings().columns());
    settings.put("batchSize", reference.k());
    settings.put("pairing", reference.pairing());
    RemoteProject project = RemoteProject.create(http, "reference", settings);
    project.upload(reference.embeddings(), reference.promptOf());
    Judgements past = reference.judgements();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < past.size(); i++) {
      boolean swapped = i % 3 == 1;
      String a = "r" + past.a()[i];
      String b = "r" + past.b()[i];
      String preference =
          past.y()[i] == 0.5
              ? (i % 2 == 0 ? "TIE" : "BOTH_BAD")
              : past.y()[i] == 1 ^ swapped ? "LEFT" : "RIGHT";
      rows.add(
          RemoteProject.judgement(swapped ? b : a, swapped ? a : b, preference, "annotator-" + i));
    }
    if (!rows.isEmpty()) {
      project.judge(rows);
    }
    return project;
  }

  private JsonNode select(RemoteProject project, ReferenceCase reference, String strategy) {
    project.change(Map.of("strategy", strategy));
    JsonNode refit = project.refit();
    assertThat(refit.path("result").path("verdicts").asInt())
        .isEqualTo(reference.judgements().size());
    assertThat(refit.path("result").path("candidates").asInt())
        .isEqualTo(reference.candidates().length);
    JsonNode batch = project.batch(refit.path("number").asLong());
    assertThat(batch.path("strategy").asString()).isEqualTo(strategy);
    return batch;
  }

  private static void assertIsotropicModel(JsonNode model, ReferenceCase reference) {
    assertModel(model, reference);
    int d = reference.embeddings().columns();
    double lambda = reference.lambda();
    double squares = Arrays.stream(reference.doubles("w")).map(w -> w * w).sum();
    assertClose(
        model.path("logEvidence"),
        reference.number("log_likelihood")
            - lambda / 2 * squares
            + d / 2.0 * Math.log(lambda)
            - reference.number("log_det") / 2);
    assertThat(model.path("prior").asString()).isEqualTo("ISOTROPIC");
    assertThat(model.path("priorPrecision").asDouble()).isEqualTo(lambda);
    assertThat(model.path("priorExponent").isNull()).isTrue();
    assertThat(model.path("components").asInt()).isEqualTo(d);
  }

  private static void assertModel(JsonNode model, ReferenceCase reference, String... fit) {
    double[] w = reference.doubles(append(fit, "w"));
    assertThat(model.path("dimension").asInt()).isEqualTo(w.length);
    assertThat(model.path("verdicts").asInt()).isEqualTo(reference.judgements().size());
    for (int j = 0; j < w.length; j++) {
      assertThat(model.path("weights").path(j).asDouble())
          .as("w %d", j)
          .isCloseTo(w[j], within(1e-6));
    }
    assertClose(model.path("logLikelihood"), reference.number(append(fit, "log_likelihood")));
    assertClose(model.path("logDet"), reference.number(append(fit, "log_det")));
  }

  private static void assertClose(JsonNode number, double expected) {
    assertThat(number.asDouble())
        .isCloseTo(expected, within(1e-8 * Math.max(1, Math.abs(expected))));
  }

  private static void assertPicks(JsonNode batch, ReferenceCase reference, String... path) {
    int[] picks = reference.ints(append(path, "picks"));
    double[] gains = reference.doubles(append(path, "gains"));
    JsonNode comparisons = batch.path("comparisons");
    assertThat(indices(batch, reference))
        .containsExactly(Arrays.stream(picks).boxed().toArray(Integer[]::new));
    for (int i = 0; i < picks.length; i++) {
      JsonNode comparison = comparisons.path(i);
      assertClose(comparison.path("gain"), gains[i]);
      assertThat(comparison.path("arm").asString()).isEqualTo("DESIGN");
      assertThat(comparison.path("selectionProbability").isNull()).isTrue();
      assertThat(comparison.path("state").asString()).isEqualTo("OPEN");
      if (path.length == 1) {
        assertThat(comparison.path("p").asDouble())
            .isCloseTo(reference.doubles("p")[picks[i]], within(1e-7));
      }
    }
    assertClose(
        batch.path("diagnostics").path("logDetBefore"),
        reference.number(append(Arrays.copyOf(path, path.length - 1), "log_det")));
    assertClose(batch.path("diagnostics").path("predictedGain"), Arrays.stream(gains).sum());
  }

  private static void assertSameSet(JsonNode batch, ReferenceCase reference, int[] expected) {
    assertThat(indices(batch, reference))
        .as("%s %s", reference, batch.path("strategy"))
        .containsExactlyInAnyOrder(Arrays.stream(expected).boxed().toArray(Integer[]::new));
  }

  /** The candidate indices of a batch, in its order. */
  private static List<Integer> indices(JsonNode batch, ReferenceCase reference) {
    List<String> candidates =
        Arrays.stream(reference.candidates()).map(c -> c[0] + " " + c[1]).toList();
    return batch
        .path("comparisons")
        .valueStream()
        .map(c -> RemoteProject.row(c.path("left")) + " " + RemoteProject.row(c.path("right")))
        .map(candidates::indexOf)
        .toList();
  }

  private static String[] append(String[] path, String field) {
    String[] longer = Arrays.copyOf(path, path.length + 1);
    longer[path.length] = field;
    return longer;
  }
}
