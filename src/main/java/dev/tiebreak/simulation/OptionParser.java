package dev.tiebreak.simulation;

import dev.tiebreak.simulation.Options.Existing;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code --name value}, {@code --name=value} and {@code --name}. */
final class OptionParser {

  private static final int MOST = 1_000_000_000;

  private final Map<Option, List<String>> given = new EnumMap<>(Option.class);

  OptionParser(String... arguments) {
    int next = 0;
    while (next < arguments.length) {
      String argument = arguments[next++];
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String flag = equals < 0 ? argument : argument.substring(0, equals);
      Option option = Option.find(flag).orElseThrow(() -> unknown(argument));
      String value = "";
      if (equals >= 0) {
        value = argument.substring(equals + 1);
      } else if (option.takesArgument()) {
        if (next == arguments.length) {
          throw new UsageException("%s needs a %s".formatted(flag, option.argument()));
        }
        value = arguments[next++];
      }
      add(option, value);
    }
  }

  private static UsageException unknown(String argument) {
    return new UsageException("Unknown option %s; --help lists them".formatted(argument));
  }

  private void add(Option option, String value) {
    if (option.takesArgument() == value.isEmpty()) {
      throw new UsageException(
          option.takesArgument()
              ? "%s needs a %s".formatted(option.flag(), option.argument())
              : option.flag() + " takes no value");
    }
    List<String> values = given.computeIfAbsent(option, absent -> new ArrayList<>());
    if (!values.isEmpty() && option != Option.SET) {
      throw new UsageException(option.flag() + " is given twice");
    }
    values.add(value);
  }

  Options parse() {
    int every = integer(Option.EVERY, 1, MOST, 25);
    Options options =
        new Options(
            url(),
            path(Option.DATA),
            project(),
            names(text(Option.STRATEGY, "RANDOM,GREEDY_D_OPTIMAL"), Option.STRATEGY),
            upper(text(Option.PAIRING, "IN_PROMPT")),
            integer(Option.LABELS, 1, MOST, 200),
            every,
            integer(Option.BATCH_SIZE, 1, 10_000, Math.min(every, 10_000)),
            integer(Option.REFIT_AFTER, 1, MOST, MOST),
            integer(Option.LOW_WATER, 0, 1_000_000, 0),
            optionalInteger(Option.ANNOTATORS, 1_000),
            optionalInteger(Option.OVERLAP, 100),
            optionalUpper(Option.PRIOR),
            settings(),
            seeds(),
            share(Option.HOLDOUT, 0.2),
            share(Option.SKIP_SHARE, 0),
            share(Option.TIE_SHARE, 0),
            Duration.ofMillis(integer(Option.THINK, 0, 3_600_000, 0)),
            existing(),
            given.containsKey(Option.DELETE),
            path(Option.CSV),
            Duration.ofSeconds(integer(Option.TIMEOUT, 1, 1_000_000, 300)),
            path(Option.ACKNOWLEDGED),
            path(Option.CHECK),
            given.containsKey(Option.HELP));
    check(options);
    return options;
  }

  private void check(Options options) {
    if (options.holdout() <= 0 || options.holdout() >= 1) {
      throw new UsageException("--holdout must lie between 0 and 1, both excluded");
    }
    exclude(Option.KEEP, Option.DELETE);
    exclude(Option.REPLACE, Option.RESUME);
    exclude(Option.SEED, Option.SEEDS);
    Integer annotators = options.annotators();
    Integer overlap = options.overlap();
    if (annotators != null && overlap != null && annotators < overlap) {
      throw new UsageException(
          "--overlap %d needs as many annotators, not %d".formatted(overlap, annotators));
    }
  }

  private void exclude(Option one, Option other) {
    if (given.containsKey(one) && given.containsKey(other)) {
      throw new UsageException("%s and %s exclude each other".formatted(one.flag(), other.flag()));
    }
  }

  private @Nullable String value(Option option) {
    List<String> values = given.get(option);
    return values == null ? null : values.getFirst();
  }

  private String text(Option option, String otherwise) {
    String value = value(option);
    return value == null ? otherwise : value;
  }

  private URI url() {
    String text = text(Option.URL, "http://127.0.0.1:8080");
    try {
      URI url = URI.create(text);
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new UsageException("--url: an http or https address, not \"%s\"".formatted(text));
  }

  private @Nullable String project() {
    String name = value(Option.PROJECT);
    if (name != null && !name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw new UsageException(
          "--project: up to 63 of a-z, 0-9 and -, the first no -; not \"%s\"".formatted(name));
    }
    return name;
  }

  private @Nullable Path path(Option option) {
    String value = value(option);
    try {
      return value == null ? null : Path.of(value);
    } catch (InvalidPathException e) {
      throw bad(option, "a path", value);
    }
  }

  private int integer(Option option, int least, int most, int otherwise) {
    String value = value(option);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw bad(option, "a whole number from %d to %d".formatted(least, most), value);
  }

  private @Nullable Integer optionalInteger(Option option, int most) {
    return given.containsKey(option) ? integer(option, 1, most, 1) : null;
  }

  private double share(Option option, double otherwise) {
    String value = value(option);
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
    throw bad(option, "a share from 0 to 1", value);
  }

  private static UsageException bad(Option option, String wanted, @Nullable String value) {
    return new UsageException("%s: %s, not \"%s\"".formatted(option.flag(), wanted, value));
  }

  private static List<String> names(String list, Option option) {
    List<String> names = Arrays.stream(list.split(",", -1)).map(OptionParser::upper).toList();
    if (!names.stream().allMatch(name -> name.matches("[A-Z0-9_]+"))
        || names.stream().distinct().count() < names.size()) {
      throw bad(option, "different names separated by commas", list);
    }
    return names;
  }

  private static String upper(String name) {
    return name.strip().toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private @Nullable String optionalUpper(Option option) {
    String value = value(option);
    return value == null ? null : upper(value);
  }

  private List<Long> seeds() {
    if (given.containsKey(Option.SEEDS)) {
      return LongStream.rangeClosed(1, integer(Option.SEEDS, 1, 1000, 1)).boxed().toList();
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
    throw bad(Option.SEED, "different whole numbers separated by commas", list);
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (String setting : given.getOrDefault(Option.SET, List.of())) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw bad(Option.SET, "NAME=VALUE", setting);
      }
      settings.put(setting.substring(0, equals), json(setting.substring(equals + 1)));
    }
    return settings;
  }

  /** A number, true, false or null as such; anything else is text. */
  private static Object json(String value) {
    try {
      return JsonMapper.shared().readTree(value);
    } catch (JacksonException e) {
      return value;
    }
  }

  private Existing existing() {
    if (given.containsKey(Option.RESUME)) {
      return Existing.RESUME;
    }
    return given.containsKey(Option.REPLACE) ? Existing.REPLACE : Existing.REFUSE;
  }
}
