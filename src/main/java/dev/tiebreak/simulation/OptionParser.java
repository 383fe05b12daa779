package dev.tiebreak.simulation;

import dev.tiebreak.command.CommandLine;
import dev.tiebreak.command.UsageException;
import dev.tiebreak.simulation.Options.Existing;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Makes options of a command line. */
final class OptionParser {

  private static final int MOST = 1_000_000_000;

  private final CommandLine<Option> given;

  OptionParser(String... arguments) {
    given = new CommandLine<>(Option.class, arguments);
  }

  Options parse() {
    int every = given.integer(Option.EVERY, 1, MOST, 25);
    Options options =
        new Options(
            given.url(Option.URL, "http://127.0.0.1:8080"),
            ServiceKey.read(given.path(Option.KEY_FILE)),
            given.path(Option.DATA),
            project(),
            names(text(Option.STRATEGY, "RANDOM,I_OPTIMAL"), Option.STRATEGY),
            upper(text(Option.PAIRING, "IN_PROMPT")),
            given.integer(Option.LABELS, 1, MOST, 200),
            every,
            given.integer(Option.BATCH_SIZE, 1, 10_000, Math.min(every, 10_000)),
            given.integer(Option.REFIT_AFTER, 1, MOST, MOST),
            given.integer(Option.LOW_WATER, 0, 1_000_000, 0),
            optionalInteger(Option.ANNOTATORS, 1_000),
            optionalInteger(Option.OVERLAP, 100),
            optionalUpper(Option.PRIOR),
            given.pairs(Option.SET),
            seeds(),
            share(Option.HOLDOUT, 0.2),
            share(Option.SKIP_SHARE, 0),
            share(Option.TIE_SHARE, 0),
            Duration.ofMillis(given.integer(Option.THINK, 0, 3_600_000, 0)),
            existing(),
            given.has(Option.DELETE),
            given.path(Option.CSV),
            Duration.ofSeconds(given.integer(Option.TIMEOUT, 1, 1_000_000, 300)),
            given.path(Option.ACKNOWLEDGED),
            given.path(Option.CHECK),
            given.has(Option.HELP));
    check(options);
    return options;
  }

  private void check(Options options) {
    if (options.holdout() <= 0 || options.holdout() >= 1) {
      throw new UsageException("--holdout must lie between 0 and 1, both excluded");
    }
    given.exclude(Option.KEEP, Option.DELETE);
    given.exclude(Option.REPLACE, Option.RESUME);
    given.exclude(Option.SEED, Option.SEEDS);
    Integer annotators = options.annotators();
    Integer overlap = options.overlap();
    if (annotators != null && overlap != null && annotators < overlap) {
      throw new UsageException(
          "--overlap %d needs as many annotators, not %d".formatted(overlap, annotators));
    }
  }

  private String text(Option option, String otherwise) {
    String value = given.value(option);
    return value == null ? otherwise : value;
  }

  private @Nullable String project() {
    String name = given.value(Option.PROJECT);
    return name == null ? null : given.slug(Option.PROJECT, name);
  }

  private @Nullable Integer optionalInteger(Option option, int most) {
    return given.has(option) ? given.integer(option, 1, most, 1) : null;
  }

  private double share(Option option, double otherwise) {
    String value = given.value(option);
    if (value == null) {
      return otherwise;
    }
    try {
      double number = Double.parseDouble(value);
      if (number >= 0 && number <= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw CommandLine.bad(option, "a share from 0 to 1", value);
  }

  private static List<String> names(String list, Option option) {
    List<String> names = Arrays.stream(list.split(",", -1)).map(OptionParser::upper).toList();
    if (!names.stream().allMatch(name -> name.matches("[A-Z0-9_]+"))
        || names.stream().distinct().count() < names.size()) {
      throw CommandLine.bad(option, "different names separated by commas", list);
    }
    return names;
  }

  private static String upper(String name) {
    return name.strip().toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private @Nullable String optionalUpper(Option option) {
    String value = given.value(option);
    return value == null ? null : upper(value);
  }

  private List<Long> seeds() {
    if (given.has(Option.SEEDS)) {
      return LongStream.rangeClosed(1, given.integer(Option.SEEDS, 1, 1000, 1)).boxed().toList();
    }
    String list = text(Option.SEED, "1");
    try {
      List<Long> seeds = Arrays.stream(list.split(",", -1)).map(Long::valueOf).toList();
      if (seeds.stream().allMatch(seed -> seed >= 0)
          && seeds.stream().distinct().count() == seeds.size()) {
        return seeds;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw CommandLine.bad(Option.SEED, "different whole numbers separated by commas", list);
  }

  private Existing existing() {
    if (given.has(Option.RESUME)) {
      return Existing.RESUME;
    }
    return given.has(Option.REPLACE) ? Existing.REPLACE : Existing.REFUSE;
  }
}
