package dev.tiebreak.replay;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiFunction;

/** The tables of a replay's results, by the last part of their paths. */
enum TableName {
  CURVES(Tables::curves),
  POINTS(Tables::points),
  DIFFERENCES(Tables::differences),
  RATIOS(Tables::ratios),
  DIVERSITY((results, query) -> Tables.diversity(results)),
  COSTS(Tables::costs),
  ABLATIONS(Tables::ablations);

  private final BiFunction<Results, TableQuery, Table<?>> maker;

  TableName(BiFunction<Results, TableQuery, Table<?>> maker) {
    this.maker = maker;
  }

  /** The table whose path ends so. */
  static TableName of(String end) {
    return Arrays.stream(values())
        .filter(table -> table.name().toLowerCase(Locale.ROOT).equals(end))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(end));
  }

  Table<?> of(Results results, TableQuery query) {
    return maker.apply(results, query);
  }
}
