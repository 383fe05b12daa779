package dev.tiebreak.replay;

import dev.tiebreak.body.FieldErrors;
import dev.tiebreak.body.JsonObject;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.preference.Prior;
import dev.tiebreak.project.ProjectSettings;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the body of {@code POST /projects/{project}/replays}. */
final class ReplaySettingsBody {

  /** The metadata field that is looked at unless another is named. */
  static final String GOLD_FIELD = "goldReward";

  static final int MOST_CELLS = 20_000;
  static final int MOST_POINTS = 100_000;
  static final long MOST_VERDICTS = 10_000_000;
  private static final int MOST_LABELS = 100_000;
  private static final int DEFAULT_LABELS = 200;

  /** One of each kind: a draw, uncertainty, the paper's rule, and the greedy designs. */
  private static final List<Strategy> STRATEGIES =
      List.of(
          Strategy.RANDOM,
          Strategy.MAX_ENTROPY,
          Strategy.D_OPTIMAL,
          Strategy.GREEDY_D_OPTIMAL,
          Strategy.I_OPTIMAL);

  private static final Set<String> FIELDS =
      Arrays.stream(ReplaySettings.class.getRecordComponents())
          .map(component -> component.getName())
          .collect(Collectors.toUnmodifiableSet());

  private final ProjectSettings project;
  private final FieldErrors errors = new FieldErrors();
  private final JsonObject object;
  private final SettingLists lists;

  private ReplaySettingsBody(JsonNode body, ProjectSettings project) {
    this.project = project;
    this.object = JsonObject.of(body, "", FIELDS, errors);
    this.lists = new SettingLists(body, errors);
  }

  /**
   * The settings; what is omitted is as in the project.
   *
   * @param hasNumber whether a response has a number in a metadata field
   */
  static ReplaySettings read(JsonNode body, ProjectSettings project, Predicate<String> hasNumber) {
    return new ReplaySettingsBody(body, project).read(hasNumber);
  }

  private ReplaySettings read(Predicate<String> hasNumber) {
    String field = object.optionalText("goldField", 1, 200);
    Source source = source(field, hasNumber);
    boolean isGold = source == Source.GOLD;
    Double exponent = object.autoOrNumber("priorExponent", 0, 10);
    Double heldOut = object.optionalNumber("heldOutShare", 0.01, 0.99);
    Double randomShare = object.optionalNumber("randomShare", 0, 1);
    ReplaySettings settings =
        new ReplaySettings(
            source,
            isGold ? (field == null ? GOLD_FIELD : field) : null,
            isGold ? object.autoOrNumber("goldScale", 1e-9, 1e9) : null,
            withRandom(lists.names("strategies", Strategy.class, strategies())),
            lists.names("priors", Prior.class, List.of(project.prior())),
            lists.integers(
                "batchSizes", 10_000, List.of(Math.min(project.batchSize(), project.refitAfter()))),
            lists.optionalIntegers("candidateLimits", Integer.MAX_VALUE, limit()),
            lists.optionalIntegers("dimensions", project.dimension(), null),
            (int) object.integer("seeds", 10, 1, 1000),
            (int) object.integer("labels", DEFAULT_LABELS, 1, MOST_LABELS),
            object.enumeration("firstBatch", FirstBatch.DESIGNED),
            object.enumeration("pairing", project.pairing()),
            given("priorPrecision")
                ? object.autoOrNumber("priorPrecision", 1e-30, 1e30)
                : project.priorPrecision(),
            given("priorExponent") ? exponent : project.priorExponent(),
            deviation("promptEffect", project.promptEffect()),
            deviation("annotatorReliability", project.annotatorReliability()),
            object.enumeration("tieModel", project.tieModel()),
            heldOut == null ? 0.2 : heldOut,
            randomShare == null ? project.randomShare() : randomShare,
            object.integer("seed", project.seed(), Long.MIN_VALUE, Long.MAX_VALUE),
            target(),
            prices(),
            planeFields(hasNumber));
    checkSize(settings);
    errors.throwIfAny();
    return settings;
  }

  private @Nullable Double deviation(String name, @Nullable Double otherwise) {
    return object.noneAutoOrNumber(
        name, ProjectSettings.LEAST_DEVIATION, ProjectSettings.MOST_DEVIATION, otherwise);
  }

  private boolean given(String name) {
    return object.has(name);
  }

  private Source source(@Nullable String field, Predicate<String> hasGold) {
    Source given = object.optionalEnum("source", Source.class);
    String name = field == null ? GOLD_FIELD : field;
    if (given == Source.VERDICTS) {
      Stream.of("goldField", "goldScale")
          .filter(object::has)
          .forEach(gold -> object.reject(gold, "belongs to the source GOLD"));
      return given;
    }
    boolean has = hasGold.test(name);
    if (!has && (given == Source.GOLD || field != null)) {
      object.reject("goldField", "no response has a number \"" + name + "\" in its metadata");
    }
    return given == Source.GOLD || field != null || has ? Source.GOLD : Source.VERDICTS;
  }

  private List<Strategy> strategies() {
    Set<Strategy> strategies = new LinkedHashSet<>(STRATEGIES);
    strategies.add(project.strategy());
    return List.copyOf(strategies);
  }

  private @Nullable Integer limit() {
    Long limit = project.candidateLimit();
    return limit == null ? null : (Integer) (int) Math.min(limit, Integer.MAX_VALUE);
  }

  private Target target() {
    JsonObject target = lists.object("target", Set.of("measure", "value", "standardErrors"));
    if (target == null) {
      return new Target(null, null, 0);
    }
    String measure = target.optionalText("measure", 1, 50);
    if (measure != null && !Measure.isQuality(measure)) {
      target.reject("measure", Measure.QUALITIES);
    }
    Double value = target.optionalNumber("value", -1e12, 1e12);
    if (value != null && measure == null) {
      target.reject("measure", "is required with a value");
    }
    Double errorsAllowed = target.optionalNumber("standardErrors", 0, 10);
    return new Target(measure, value, errorsAllowed == null ? 0 : errorsAllowed);
  }

  private Prices prices() {
    JsonObject prices =
        lists.object("prices", Set.of("perVerdict", "perResponse", "perComputeHour"));
    BigDecimal cost = project.verdictCost();
    double perVerdict = cost == null ? 0 : cost.doubleValue();
    if (prices == null) {
      return new Prices(perVerdict, 0, 0);
    }
    return new Prices(
        price(prices, "perVerdict", perVerdict),
        price(prices, "perResponse", 0),
        price(prices, "perComputeHour", 0));
  }

  private static double price(JsonObject prices, String name, double otherwise) {
    Double price = prices.optionalNumber(name, 0, 1e12);
    return price == null ? otherwise : price;
  }

  private @Nullable List<String> planeFields(Predicate<String> hasNumber) {
    List<String> fields = lists.texts("planeFields", 200);
    if (fields != null && fields.size() != 2) {
      object.reject("planeFields", "must be two names of metadata fields");
    } else if (fields != null) {
      for (int i = 0; i < 2; i++) {
        if (!hasNumber.test(fields.get(i))) {
          object.reject("planeFields/" + i, "no response has such a number in its metadata");
        }
      }
    }
    return fields;
  }

  /** What every strategy is compared with is always there. */
  private static List<Strategy> withRandom(List<Strategy> given) {
    Set<Strategy> strategies = new LinkedHashSet<>(given);
    if (!given.contains(Strategy.RANDOM)) {
      strategies.clear();
      strategies.add(Strategy.RANDOM);
      strategies.addAll(given);
    }
    return List.copyOf(strategies);
  }

  private void checkSize(ReplaySettings settings) {
    if (settings.cells() > MOST_CELLS) {
      object.reject(
          "seeds",
          "makes %d cells, strategies × priors × batchSizes × candidateLimits × dimensions × seeds; at most %d are allowed"
              .formatted(settings.cells(), MOST_CELLS));
    } else if (settings.points() > MOST_POINTS) {
      object.reject(
          "labels",
          "makes curves of %d points in all; at most %d are allowed"
              .formatted(settings.points(), MOST_POINTS));
    } else if (settings.cells() * settings.labels() > MOST_VERDICTS) {
      object.reject(
          "labels",
          "makes %d verdicts in all, cells × labels; at most %d are allowed"
              .formatted(settings.cells() * settings.labels(), MOST_VERDICTS));
    }
  }
}
