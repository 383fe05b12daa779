package dev.tiebreak.contract.generated;

import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Changes of the values in a body, by their schemas. */
final class BodyChanges {

  private static final JsonMapper JSON = new JsonMapper();

  /** A value of each type that JSON has. */
  private static final Map<String, List<String>> OF_TYPE = new LinkedHashMap<>();

  static {
    OF_TYPE.put("string", List.of("\"" + NastyTexts.MARKER + "\"", "\"\"", "\"1\""));
    OF_TYPE.put("number", List.of("0.5", "-2.25"));
    OF_TYPE.put("boolean", List.of("true", "false"));
    OF_TYPE.put("object", List.of("{}", "{\"a\":1}"));
    OF_TYPE.put("array", List.of("[]", "[null]", "[{}]"));
    OF_TYPE.put("null", List.of("null"));
  }

  private BodyChanges() {}

  /** All of them. */
  static List<Change> all() {
    return List.of(
        onSite("wrong type", BodyChanges::wrongType),
        onSite("out of bounds", BodyChanges::outOfBounds),
        onSite("unknown word", BodyChanges::unknownWord),
        onSite("missing property", BodyChanges::missing),
        onSite("unknown property", BodyChanges::unknownProperty),
        onSite("property twice", BodyChanges::twice),
        onSite("too many items", BodyChanges::items),
        onSite("nasty value", BodyChanges::nasty),
        onSite("deeply nested", BodyChanges::nested));
  }

  /** What to write in a value's stead, and whether that is wrong beyond doubt. */
  private record Wrong(String text, boolean certainly) {}

  @FunctionalInterface
  private interface SiteChange {

    /** Null where it does not apply. */
    @Nullable Wrong of(Site site, Draws draws);
  }

  private static Change onSite(String name, SiteChange change) {
    return (draft, draws) -> {
      String type = mediaType(draft);
      if (type == null || draft.body == null) {
        return false;
      }
      Schema<?> row = draft.operation.row(type);
      List<String> parts =
          row == null ? List.of(draft.bodyText()) : draft.bodyText().lines().toList();
      int chosen = draws.below(parts.size());
      if (parts.get(chosen).isBlank()) {
        return false;
      }
      Schema<?> schema = row == null ? draft.operation.bodies().get(type) : row;
      return rewrite(draft, new ArrayList<>(parts), chosen, schema, name, change, draws);
    };
  }

  private static @Nullable String mediaType(Draft draft) {
    return draft.operation.bodies().keySet().stream()
        .filter(type -> draft.head().contains("Content-Type: " + type))
        .findFirst()
        .orElse(null);
  }

  private static boolean rewrite(
      Draft draft,
      List<String> parts,
      int chosen,
      @Nullable Schema<?> schema,
      String name,
      SiteChange change,
      Draws draws) {
    JsonNode[] whole = {JsonNodeFactory.instance.nullNode()};
    try {
      whole[0] = JSON.readTree(parts.get(chosen));
    } catch (JacksonException changedBefore) {
      return false;
    }
    List<Site> sites = Site.of(Schemas.resolve(schema), whole[0], changed -> whole[0] = changed);
    for (int tries = 0; tries < 6; tries++) {
      Site site = draws.of(sites);
      Wrong wrong = change.of(site, draws);
      if (wrong != null) {
        site.write(wrong.text);
        parts.set(chosen, JSON.writeValueAsString(whole[0]));
        draft.body(String.join("\n", parts));
        draft.changed(name + " at \"" + site.name() + "\"", wrong.certainly);
        return true;
      }
    }
    return false;
  }

  private static @Nullable Wrong wrongType(Site site, Draws draws) {
    List<String> allowed = new ArrayList<>(Schemas.types(site.schema()));
    if (allowed.isEmpty()) {
      return null;
    }
    boolean anyNumber = allowed.contains("integer") || allowed.contains("number");
    List<String> others =
        OF_TYPE.keySet().stream()
            .filter(type -> !allowed.contains(type) && !(type.equals("number") && anyNumber))
            .toList();
    return new Wrong(draws.of(Objects.requireNonNull(OF_TYPE.get(draws.of(others)))), true);
  }

  private static @Nullable Wrong outOfBounds(Site site, Draws draws) {
    Schema<?> schema = site.schema();
    if (site.value().isString() && schema.getMaxLength() != null) {
      int length = schema.getMaxLength() + 1 + draws.below(3);
      return new Wrong("\"" + draws.of("x", "é", "😀").repeat(length) + "\"", true);
    }
    if (!site.value().isNumber()) {
      return null;
    }
    boolean below = draws.oneIn(2);
    double bound = below ? Schemas.least(schema, Double.NaN) : Schemas.greatest(schema, Double.NaN);
    if (Double.isNaN(bound)) {
      return null;
    }
    boolean whole = Schemas.types(schema).contains("integer");
    double step = whole ? 1 : Math.max(Math.abs(bound) * 1e-9, 1e-9);
    double beyond = below ? bound - step * draws.of(steps()) : bound + step * draws.of(steps());
    return new Wrong(whole ? Long.toString((long) beyond) : Double.toString(beyond), true);
  }

  private static List<Integer> steps() {
    return List.of(1, 2, 1000);
  }

  private static @Nullable Wrong unknownWord(Site site, Draws draws) {
    if (!site.value().isString()
        || site.schema().getEnum() == null && site.schema().getPattern() == null) {
      return null;
    }
    String word = site.value().stringValue();
    return new Wrong(
        draws.of(
            "\"" + NastyTexts.MARKER + "!\"",
            "\" " + word + "\"",
            "\"" + word + "\\u0000\"",
            "\"" + word.toLowerCase(java.util.Locale.ROOT) + "\u0130\""),
        // a lease is just unknown, and so refused
        true);
  }

  private static @Nullable Wrong missing(Site site, Draws draws) {
    List<String> required =
        site.value().propertyNames().stream()
            .filter(name -> Schemas.requires(site.schema(), name))
            .toList();
    if (required.isEmpty()) {
      return null;
    }
    JsonNode left = site.value().deepCopy();
    ((ObjectNode) left).remove(draws.of(required));
    return new Wrong(left.toString(), true);
  }

  private static @Nullable Wrong unknownProperty(Site site, Draws draws) {
    if (!site.value().isObject() || !Schemas.isClosed(site.schema())) {
      return null;
    }
    String name =
        draws.of("unknown", "", "__proto__", "\\u0000", "a/b~c", "n".repeat(1500), "\\ud800");
    return new Wrong(with(site, "\"" + name + "\":1"), true);
  }

  private static @Nullable Wrong twice(Site site, Draws draws) {
    if (!site.value().isObject() || site.value().isEmpty()) {
      return null;
    }
    String name = draws.of(List.copyOf(site.value().propertyNames()));
    return new Wrong(with(site, "\"" + name + "\":" + site.value().get(name)), true);
  }

  /** The object with one property more, first or last. */
  private static String with(Site site, String property) {
    String text = site.value().toString();
    return text.length() == 2
        ? "{" + property + "}"
        : text.substring(0, text.length() - 1) + "," + property + "}";
  }

  private static @Nullable Wrong items(Site site, Draws draws) {
    if (!site.value().isArray()) {
      return null;
    }
    String item = site.value().isEmpty() ? "0" : site.value().get(0).toString();
    if (!site.value().isEmpty()
        && site.value().get(0).isNumber()
        && site.name().startsWith("emb")) {
      int size = Handles.DIMENSION + draws.of(List.of(1, 5, 17_000));
      return new Wrong(repeated(item, size), true);
    }
    @Nullable Integer most = site.schema().getMaxItems();
    boolean unique = Boolean.TRUE.equals(site.schema().getUniqueItems());
    if (unique && !site.value().isEmpty() && draws.oneIn(2)) {
      return new Wrong(repeated(item, 2), true);
    }
    return most == null ? null : new Wrong(repeated(item, most + 1), true);
  }

  private static String repeated(String item, int times) {
    String[] items = new String[times];
    Arrays.fill(items, item);
    return "[" + String.join(",", items) + "]";
  }

  private static Wrong nasty(Site site, Draws draws) {
    return new Wrong(draws.of(NastyTexts.LITERALS), false);
  }

  private static Wrong nested(Site site, Draws draws) {
    int depth = draws.of(List.of(20, 101, 600, 3000));
    return draws.oneIn(2)
        ? new Wrong("[".repeat(depth) + "]".repeat(depth), depth > 101)
        : new Wrong("{\"a\":".repeat(depth) + "1" + "}".repeat(depth), depth > 101);
  }
}
