package dev.tiebreak.replay;

import dev.tiebreak.problem.ProblemException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A dimension of the grid that has values of its own beside the strategies. */
enum Axis {
  PRIOR("prior", "Prior", "%s prior", ReplaySettings::priors, Variant::prior),
  BATCH_SIZE(
      "batchSize", "Batch size", "batches of %s", ReplaySettings::batchSizes, Variant::batchSize),
  CANDIDATE_LIMIT(
      "candidateLimit",
      "Candidates",
      "%s candidates",
      ReplaySettings::candidateLimits,
      Variant::candidateLimit),
  DIMENSION(
      "dimension", "Dimensions", "%s dimensions", ReplaySettings::dimensions, Variant::dimension);

  private final String column;
  private final String words;
  private final String format;
  private final Function<ReplaySettings, List<? extends @Nullable Object>> values;
  private final Function<Variant, @Nullable Object> value;

  Axis(
      String column,
      String words,
      String format,
      Function<ReplaySettings, List<? extends @Nullable Object>> values,
      Function<Variant, @Nullable Object> value) {
    this.column = column;
    this.words = words;
    this.format = format;
    this.values = values;
    this.value = value;
  }

  /** By the name of its column. */
  static Axis named(String column) {
    return Arrays.stream(values())
        .filter(axis -> axis.column.equals(column))
        .findFirst()
        .orElseThrow(() ->
            ProblemException.invalid(
                "by",
                "must be one of "
                    + Arrays.stream(values())
                        .map(axis -> axis.column)
                        .collect(Collectors.joining(", "))));
  }

  /** Words for a picture. */
  String words() {
    return words;
  }

  /** Whether a grid has several values of it. */
  boolean varies(ReplaySettings settings) {
    return values.apply(settings).size() > 1;
  }

  /** The value that a variant has, for a picture. */
  String of(Variant variant) {
    Object found = value.apply(variant);
    return found == null ? "all" : found.toString();
  }

  /** The place of a variant's value: numbers ascend, and all is more than any; else as listed. */
  long place(ReplaySettings settings, Variant variant) {
    return switch (value.apply(variant)) {
      case null -> Long.MAX_VALUE;
      case Integer number -> number;
      case Object other -> values.apply(settings).indexOf(other);
    };
  }

  /** The values of a grid, in the order of their places. */
  List<String> ordered(ReplaySettings settings, List<Variant> variants) {
    return variants.stream()
        .sorted(Comparator.comparingLong(variant -> place(settings, variant)))
        .map(this::of)
        .distinct()
        .toList();
  }

  /** What tells a variant from those with other values, whatever the strategy. */
  static String title(ReplaySettings settings, Variant variant, @Nullable Axis except) {
    return Arrays.stream(values())
        .filter(axis -> axis != except && axis.varies(settings))
        .map(axis -> axis.format.formatted(axis.of(variant)))
        .collect(Collectors.joining(" · "));
  }
}
