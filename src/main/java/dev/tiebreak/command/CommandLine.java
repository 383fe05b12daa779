package dev.tiebreak.command;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code --name value}, {@code --name=value} and {@code --name}. */
public final class CommandLine<O extends Enum<O> & CommandOption> {

  private final Class<O> type;
  private final Map<O, List<String>> given;

  /** Reads these. Throws UsageException for what can't be meant. */
  public CommandLine(Class<O> type, String... arguments) {
    this.type = type;
    this.given = new EnumMap<>(type);
    int next = 0;
    while (next < arguments.length) {
      String argument = arguments[next++];
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String flag = equals < 0 ? argument : argument.substring(0, equals);
      O option = find(flag, argument);
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

  private O find(String flag, String argument) {
    return Arrays.stream(type.getEnumConstants())
        .filter(option -> option.flag().equals(flag))
        .findFirst()
        .orElseThrow(
            () -> new UsageException("Unknown option %s; --help lists them".formatted(argument)));
  }

  private void add(O option, String value) {
    if (option.takesArgument() == value.isEmpty()) {
      throw new UsageException(
          option.takesArgument()
              ? "%s needs a %s".formatted(option.flag(), option.argument())
              : option.flag() + " takes no value");
    }
    List<String> values = given.computeIfAbsent(option, absent -> new ArrayList<>());
    if (!values.isEmpty() && !option.repeats()) {
      throw new UsageException(option.flag() + " is given twice");
    }
    values.add(value);
  }

  /** Whether it is given. */
  public boolean has(O option) {
    return given.containsKey(option);
  }

  /** The first value; null where the option is not given. */
  public @Nullable String value(O option) {
    List<String> values = given.get(option);
    return values == null ? null : values.getFirst();
  }

  /** All values. */
  public List<String> values(O option) {
    return given.getOrDefault(option, List.of());
  }

  /** NAME=VALUE pairs, each value JSON as such, anything else text. */
  public Map<String, Object> pairs(O option) {
    Map<String, Object> pairs = new LinkedHashMap<>();
    for (String setting : values(option)) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw bad(option, "NAME=VALUE", setting);
      }
      pairs.put(setting.substring(0, equals), json(setting.substring(equals + 1)));
    }
    return pairs;
  }

  private static Object json(String value) {
    try {
      return JsonMapper.shared().readTree(value);
    } catch (JacksonException e) {
      return value;
    }
  }

  /** An http or https address. */
  public URI url(O option, String otherwise) {
    String given = value(option);
    String text = given == null ? otherwise : given;
    try {
      URI url = URI.create(text);
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw bad(option, "an http or https address", text);
  }

  /** A project's name. */
  public String slug(O option, String name) {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw bad(option, "up to 63 of a-z, 0-9 and -, the first no -", name);
    }
    return name;
  }

  /** A path; null where the option is not given. */
  public @Nullable Path path(O option) {
    String value = value(option);
    try {
      return value == null ? null : Path.of(value);
    } catch (InvalidPathException e) {
      throw bad(option, "a path", value);
    }
  }

  /** A whole number. */
  public int integer(O option, int least, int most, int otherwise) {
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

  /** Refuses two that contradict each other. */
  public void exclude(O one, O other) {
    if (has(one) && has(other)) {
      throw new UsageException("%s and %s exclude each other".formatted(one.flag(), other.flag()));
    }
  }

  /** What to throw where an option has a value that can't be meant. */
  public static UsageException bad(CommandOption option, String wanted, @Nullable String value) {
    return new UsageException("%s: %s, not \"%s\"".formatted(option.flag(), wanted, value));
  }
}
