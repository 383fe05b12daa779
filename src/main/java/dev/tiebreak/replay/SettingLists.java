package dev.tiebreak.replay;

import dev.tiebreak.body.FieldErrors;
import dev.tiebreak.body.JsonObject;
import dev.tiebreak.body.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The lists of a settings object: of 1 to 20 different values, each wrong one named. */
final class SettingLists {

  private static final int MOST = 20;

  private final JsonNode body;
  private final FieldErrors errors;

  SettingLists(JsonNode body, FieldErrors errors) {
    this.body = body;
    this.errors = errors;
  }

  private @Nullable JsonNode value(String name) {
    JsonNode value = body.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** An object within the settings; null where there is none. */
  @Nullable JsonObject object(String name, Set<String> known) {
    JsonNode value = value(name);
    return value == null ? null : JsonObject.of(value, "/" + name, known, errors);
  }

  /** Names of an enum. */
  <E extends Enum<E>> List<E> names(String name, Class<E> type, List<E> otherwise) {
    String wrong = "must be one of " + Arrays.toString(type.getEnumConstants());
    List<E> values = list(name, wrong, node -> constant(node, type));
    return values == null ? otherwise : values;
  }

  private static <E extends Enum<E>> @Nullable E constant(JsonNode node, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> node.isString() && constant.name().equals(node.stringValue()))
        .findFirst()
        .orElse(null);
  }

  /** Whole numbers from 1 on. */
  List<Integer> integers(String name, int most, List<Integer> otherwise) {
    List<Integer> values = list(name, range(most), node -> integer(node, most));
    return values == null ? otherwise : values;
  }

  private static String range(int most) {
    return "must be a whole number from 1 to " + most;
  }

  private static @Nullable Integer integer(JsonNode node, int most) {
    boolean fits = node.isIntegralNumber() && node.canConvertToInt();
    return fits && node.intValue() >= 1 && node.intValue() <= most ? node.intValue() : null;
  }

  /** Whole numbers from 1 on, or nulls; a single value where the list is omitted. */
  List<@Nullable Integer> optionalIntegers(String name, int most, @Nullable Integer otherwise) {
    // 0 stands for null, which a list that is read cannot hold
    List<Integer> values =
        list(
            name,
            range(most) + ", or null",
            node -> node.isNull() ? Integer.valueOf(0) : integer(node, most));
    List<@Nullable Integer> limits = new ArrayList<>();
    if (values == null) {
      limits.add(otherwise);
    } else {
      values.forEach(value -> limits.add(value == 0 ? null : value));
    }
    return limits;
  }

  /** Texts; null where the list is omitted. */
  @Nullable List<String> texts(String name, int longest) {
    return list(
        name,
        "must be text of 1 to %d characters without U+0000".formatted(longest),
        node ->
            node.isString() && Texts.wrong(node.stringValue(), 1, longest) == null
                ? node.stringValue()
                : null);
  }

  private <T> @Nullable List<T> list(
      String name, String wrong, Function<JsonNode, @Nullable T> reader) {
    JsonNode node = value(name);
    if (node == null) {
      return null;
    }
    if (!node.isArray() || node.isEmpty() || node.size() > MOST) {
      errors.add("/" + name, "must be a list of 1 to " + MOST + " values");
      return null;
    }
    List<T> values = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      T value = reader.apply(node.get(i));
      if (value == null) {
        errors.add("/" + name + "/" + i, wrong);
      } else if (values.contains(value)) {
        errors.add("/" + name + "/" + i, "is there twice");
      } else {
        values.add(value);
      }
    }
    return values.isEmpty() ? null : values;
  }
}
