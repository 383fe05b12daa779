package dev.tiebreak.project;

import dev.tiebreak.body.FieldErrors;
import dev.tiebreak.body.JsonObject;
import dev.tiebreak.design.Pairing;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.preference.Prior;
import dev.tiebreak.preference.TieModel;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the body of {@code PUT /projects/{project}}. */
final class SettingsBody {

  private static final Set<String> FIELDS =
      Arrays.stream(ProjectSettings.class.getRecordComponents())
          .map(component -> component.getName())
          .collect(Collectors.toUnmodifiableSet());

  /**
   * The posterior, d × d numbers of eight bytes, is stored as one value, which PostgreSQL limits.
   */
  private static final int MOST_ISOTROPIC = 11_000;

  private SettingsBody() {}

  static ProjectSettings read(JsonNode body) {
    FieldErrors errors = new FieldErrors();
    JsonObject object = JsonObject.of(body, "", FIELDS, errors);
    if (body.isObject() && !object.has("dimension")) {
      object.reject("dimension", "is required");
    }
    Prior prior = object.enumeration("prior", Prior.HIERARCHICAL);
    Double priorExponent = object.autoOrNumber("priorExponent", 0, 10);
    if (prior == Prior.ISOTROPIC && priorExponent != null) {
      object.reject("priorExponent", "belongs to the SPECTRAL and the HIERARCHICAL prior");
    }
    // the other priors are the plain model that they are by definition
    Double promptEffect = prior == Prior.HIERARCHICAL ? null : Double.valueOf(0);
    int dimension = (int) object.integer("dimension", 1, 1, 16_384);
    if (prior == Prior.ISOTROPIC && dimension > MOST_ISOTROPIC) {
      object.reject(
          "dimension", "must be at most " + MOST_ISOTROPIC + " under the ISOTROPIC prior");
    }
    Double randomShare = object.optionalNumber("randomShare", 0, 1);
    ProjectSettings settings =
        new ProjectSettings(
            dimension,
            object.enumeration("pairing", Pairing.IN_PROMPT),
            object.enumeration("strategy", Strategy.I_OPTIMAL),
            (int) object.integer("batchSize", 100, 1, 10_000),
            (int) object.integer("refitAfter", 25, 1, 1_000_000_000),
            (int) object.integer("lowWater", 50, 0, 1_000_000),
            (int) object.integer("overlap", 1, 1, 100),
            (int) object.integer("leaseSeconds", 600, 1, 86_400),
            (int) object.integer("maxLeasesPerAnnotator", 20, 1, 1000),
            prior,
            object.autoOrNumber("priorPrecision", 1e-30, 1e30),
            priorExponent,
            object.noneAutoOrNumber(
                "promptEffect",
                ProjectSettings.LEAST_DEVIATION,
                ProjectSettings.MOST_DEVIATION,
                promptEffect),
            object.noneAutoOrNumber(
                "annotatorReliability",
                ProjectSettings.LEAST_DEVIATION,
                ProjectSettings.MOST_DEVIATION,
                0.0),
            object.enumeration("tieModel", TieModel.HALF),
            randomShare == null ? 0.1 : randomShare,
            object.optionalInteger("candidateLimit", 1, Long.MAX_VALUE),
            object.integer("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE),
            (int) object.integer("priority", 0, Integer.MIN_VALUE, Integer.MAX_VALUE),
            object.optionalText("instructions", 0, 20_000),
            cost(object),
            object.optionalInteger("verdictBudget", 0, Long.MAX_VALUE));
    errors.throwIfAny();
    return settings;
  }

  private static @Nullable BigDecimal cost(JsonObject object) {
    Double cost = object.optionalNumber("verdictCost", 0, 1e12);
    return cost == null ? null : Project.plain(BigDecimal.valueOf(cost));
  }
}
