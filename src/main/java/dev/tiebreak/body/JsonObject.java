package dev.tiebreak.body;

import dev.tiebreak.problem.FieldError;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one JSON object, checked as they are read. A wrong one is noted in the errors and
 * its default returned: {@link FieldErrors#throwIfAny()} belongs after the last. A field that is
 * null counts as omitted.
 */
public final class JsonObject {

  private final JsonNode node;
  private final String pointer;
  private final FieldErrors errors;

  private JsonObject(JsonNode node, String pointer, FieldErrors errors) {
    this.node = node;
    this.pointer = pointer;
    this.errors = errors;
  }

  /**
   * Reads an object of a settings or verdict body, where an unknown field refuses the request at
   * once.
   *
   * @param pointer where the object stands in the body; empty for the body itself
   */
  public static JsonObject of(
      JsonNode node, String pointer, Set<String> known, FieldErrors errors) {
    JsonObject object = anyFields(node, pointer, errors);
    List<FieldError> unknown =
        object
            .unknown(known)
            .map(name -> new FieldError(pointer + "/" + escape(name), "is not a known field"))
            .toList();
    if (!unknown.isEmpty()) {
      throw new ProblemException(
          ProblemType.UNKNOWN_FIELD, "Unknown field " + unknown.getFirst().pointer(), unknown);
    }
    return object;
  }

  /** Reads an uploaded row, where an unknown field is an error of its row. */
  public static JsonObject row(
      JsonNode node, String pointer, Set<String> known, FieldErrors errors) {
    JsonObject object = anyFields(node, pointer, errors);
    object
        .unknown(known)
        .forEach(name -> errors.add(pointer + "/" + escape(name), "is not a known field"));
    return object;
  }

  /** Reads a small uploaded row, where an unknown field is an error of its row. */
  public static JsonObject row(JsonRow row, Set<String> known) {
    return row(row.tree(), row.pointer(), known, row.errors());
  }

  private static JsonObject anyFields(JsonNode node, String pointer, FieldErrors errors) {
    if (!node.isObject()) {
      errors.add(pointer, "must be an object");
    }
    return new JsonObject(node, pointer, errors);
  }

  private Stream<String> unknown(Set<String> known) {
    return node.propertyNames().stream().filter(name -> !known.contains(name));
  }

  /** A name as a JSON pointer has it. */
  public static String escape(String name) {
    int end = name.length() > 100 && Character.isHighSurrogate(name.charAt(99)) ? 99 : 100;
    String shown = name.length() > 100 ? name.substring(0, end) + "…" : name;
    return shown.replace("~", "~0").replace("/", "~1");
  }

  /** Whether the field is there and not null. */
  public boolean has(String name) {
    return value(name) != null;
  }

  private @Nullable JsonNode value(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** Notes an error of a field. */
  public void reject(String name, String detail) {
    errors.add(pointer + "/" + name, detail);
  }

  /** A whole number from least to greatest. */
  public long integer(String name, long defaultValue, long least, long greatest) {
    Long value = optionalInteger(name, least, greatest);
    return value == null ? defaultValue : value;
  }

  /** A whole number from least to greatest, or null. */
  public @Nullable Long optionalInteger(String name, long least, long greatest) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (value.isIntegralNumber()) {
      BigInteger number = value.bigIntegerValue();
      if (number.compareTo(BigInteger.valueOf(least)) >= 0
          && number.compareTo(BigInteger.valueOf(greatest)) <= 0) {
        return number.longValueExact();
      }
    }
    reject(name, "must be a whole number from " + least + " to " + greatest);
    return null;
  }

  /** A number from least to greatest, or null. */
  public @Nullable Double optionalNumber(String name, double least, double greatest) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (value.isNumber()) {
      double number = value.doubleValue(Double.NaN);
      if (number >= least && number <= greatest) {
        return number;
      }
    }
    reject(name, "must be a number from " + range(least, greatest));
    return null;
  }

  private static String range(double least, double greatest) {
    return words(least)
        + " to "
        + (greatest == Double.MAX_VALUE ? "the greatest double" : words(greatest));
  }

  private static String words(double number) {
    boolean plain = number == 0 || number >= 1e-3 && number < 1e16;
    BigDecimal decimal = BigDecimal.valueOf(number).stripTrailingZeros();
    return plain ? decimal.toPlainString() : decimal.toString();
  }

  /** True or false. */
  public boolean flag(String name, boolean defaultValue) {
    JsonNode value = value(name);
    if (value == null) {
      return defaultValue;
    }
    if (!value.isBoolean()) {
      reject(name, "must be true or false");
      return defaultValue;
    }
    return value.booleanValue();
  }

  /** Text of least to greatest characters, or null. */
  public @Nullable String optionalText(String name, int least, int greatest) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      reject(name, "must be text");
      return null;
    }
    String wrong = Texts.wrong(value.stringValue(), least, greatest);
    if (wrong != null) {
      reject(name, wrong);
      return null;
    }
    return value.stringValue();
  }

  /** Text that must be there; empty where it is not. */
  public String text(String name, int least, int greatest) {
    if (!has(name)) {
      reject(name, "is required");
      return "";
    }
    String text = optionalText(name, least, greatest);
    return text == null ? "" : text;
  }

  /** One of an enum's names, or null. */
  public <E extends Enum<E>> @Nullable E optionalEnum(String name, Class<E> type) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    for (E constant : type.getEnumConstants()) {
      if (value.isString() && constant.name().equals(value.stringValue())) {
        return constant;
      }
    }
    reject(name, "must be one of " + Arrays.toString(type.getEnumConstants()));
    return null;
  }

  /** One of an enum's names, or the default. */
  public <E extends Enum<E>> E enumeration(String name, E defaultValue) {
    E value = optionalEnum(name, defaultValue.getDeclaringClass());
    return value == null ? defaultValue : value;
  }

  /** One of an enum's names, which must be there; the stand-in where it is not. */
  public <E extends Enum<E>> E required(String name, E standIn) {
    if (!has(name)) {
      reject(name, "is required");
    }
    return enumeration(name, standIn);
  }

  /** An ISO-8601 instant with its offset, or null. */
  public @Nullable Instant optionalInstant(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    try {
      if (value.isString()) {
        Instant instant = OffsetDateTime.parse(value.stringValue()).toInstant();
        if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) {
          return instant;
        }
      }
    } catch (DateTimeException notAnInstant) {
      // told below
    }
    reject(name, "must be an ISO-8601 instant such as 2026-01-31T12:00:00Z");
    return null;
  }

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");

  /** A number in a range, 0 for the text NONE, null for AUTO; {@code otherwise} for nothing. */
  public @Nullable Double noneAutoOrNumber(
      String name, double least, double most, @Nullable Double otherwise) {
    JsonNode value = value(name);
    if (value == null) {
      return otherwise;
    }
    if (value.isString() && value.stringValue().equals("NONE")) {
      return 0.0;
    }
    if (value.isString() && value.stringValue().equals("AUTO")) {
      return null;
    }
    return number(name, value, least, most, "\"NONE\", \"AUTO\"");
  }

  /** A number in a range, or null for the text AUTO or nothing. */
  public @Nullable Double autoOrNumber(String name, double least, double most) {
    JsonNode value = value(name);
    if (value == null || value.isString() && value.stringValue().equals("AUTO")) {
      return null;
    }
    return number(name, value, least, most, "\"AUTO\"");
  }

  /** Null where it is rejected. */
  private @Nullable Double number(
      String name, JsonNode value, double least, double most, String words) {
    double number = value.isNumber() ? value.doubleValue(Double.NaN) : Double.NaN;
    if (number >= least && number <= most) {
      return number;
    }
    reject(name, "must be " + words + " or a number from " + range(least, most));
    return null;
  }
}
