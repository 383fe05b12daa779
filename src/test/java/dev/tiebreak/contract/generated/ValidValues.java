package dev.tiebreak.contract.generated;

import io.swagger.v3.oas.models.media.Schema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Draws values that a schema allows, by preference at its bounds. */
final class ValidValues {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST_ITEMS = 3;

  private final Draws draws;
  private final Handles handles;

  ValidValues(Draws draws, Handles handles) {
    this.draws = draws;
    this.handles = handles;
  }

  /**
   * A value.
   *
   * @param name of the property or parameter, by which what exists is chosen
   */
  JsonNode value(String name, @Nullable Schema<?> reference) {
    Schema<?> schema = Schemas.resolve(reference);
    if (name.equals("embedding")) {
      return embedding();
    }
    if (name.equals("embeddings")) {
      return embeddings();
    }
    if (schema.getOneOf() != null) {
      return value(name, draws.of(schema.getOneOf()));
    }
    if (schema.getEnum() != null) {
      Object chosen = draws.of(schema.getEnum());
      return chosen == null ? JSON.nullNode() : JSON.stringNode(chosen.toString());
    }
    Set<String> types = new TreeSet<>(Schemas.types(schema));
    if (types.size() > 1 && draws.oneIn(8) && types.contains("null")) {
      return JSON.nullNode();
    }
    types.remove("null");
    return ofType(draws.of(List.copyOf(types)), name, schema);
  }

  private JsonNode ofType(String type, String name, Schema<?> schema) {
    return switch (type) {
      case "object" -> object(schema);
      case "array" -> array(name, schema);
      case "integer" -> JSON.numberNode(integer(name, schema));
      case "number" -> JSON.numberNode(number(schema));
      case "boolean" -> JSON.booleanNode(draws.oneIn(2));
      case "string" -> JSON.stringNode(text(name, schema));
      default -> throw new IllegalStateException("a type without values: " + type);
    };
  }

  private ObjectNode object(Schema<?> schema) {
    ObjectNode object = JSON.objectNode();
    for (Map.Entry<String, Schema> property : Schemas.properties(schema).entrySet()) {
      if (Schemas.requires(schema, property.getKey()) || draws.oneIn(3)) {
        object.set(property.getKey(), value(property.getKey(), property.getValue()));
      }
    }
    if (Schemas.properties(schema).isEmpty() && draws.oneIn(2)) {
      object.put("goldReward", draws.between(-3.0, 3.0)).putObject("more").put("x", "é");
    }
    return object;
  }

  private ArrayNode array(String name, Schema<?> schema) {
    int least = Schemas.orElse(schema.getMinItems(), 0);
    int most = Math.min(Schemas.orElse(schema.getMaxItems(), MOST_ITEMS), least + MOST_ITEMS);
    int size = (int) draws.between(least, (long) most + 1);
    ArrayNode array = JSON.arrayNode();
    List<JsonNode> items = new ArrayList<>();
    for (int tries = 0; items.size() < size && tries < 20; tries++) {
      JsonNode item = value(name, schema.getItems());
      if (!Boolean.TRUE.equals(schema.getUniqueItems()) || !items.contains(item)) {
        items.add(item);
      }
    }
    return array.addAll(items);
  }

  private long integer(String name, Schema<?> schema) {
    Long handle = handles.number(name, draws);
    if (handle != null) {
      return handle;
    }
    double least = Schemas.least(schema, Integer.MIN_VALUE);
    double greatest = Schemas.greatest(schema, Integer.MAX_VALUE);
    return switch (draws.below(4)) {
      case 0 -> (long) least;
      case 1 -> (long) greatest;
      default -> draws.between((long) least, Math.min((long) greatest, (long) least + 1000));
    };
  }

  private double number(Schema<?> schema) {
    double least = Schemas.least(schema, -1e6);
    double greatest = Schemas.greatest(schema, 1e6);
    return switch (draws.below(4)) {
      case 0 -> least;
      case 1 -> greatest;
      default -> draws.between(least, Math.min(greatest, least + 10));
    };
  }

  private String text(String name, Schema<?> schema) {
    String handle = handles.text(name, draws);
    if (handle != null) {
      return handle;
    }
    if (schema.getPattern() != null) {
      return draws.of(NastyTexts.matching(schema.getPattern()));
    }
    if ("date-time".equals(schema.getFormat())) {
      return draws.of("2026-01-31T12:00:00Z", "0001-01-01T00:00:00Z", "2026-02-28T23:59:59+14:00");
    }
    int least = Schemas.orElse(schema.getMinLength(), 0);
    int most = Schemas.orElse(schema.getMaxLength(), 1000);
    int length = draws.oneIn(20) ? most : draws.oneIn(10) ? least : Math.min(most, least + 5);
    return draws.of("a", "é", "א", "\u202E", "😀").repeat(length);
  }

  private JsonNode embedding() {
    if (draws.oneIn(3)) {
      ByteBuffer floats = ByteBuffer.allocate(Handles.DIMENSION * Float.BYTES);
      floats.order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < Handles.DIMENSION; i++) {
        floats.putFloat((float) draws.between(-1.0, 1.0));
      }
      return JSON.stringNode(Base64.getEncoder().encodeToString(floats.array()));
    }
    return numbers();
  }

  private ArrayNode embeddings() {
    ArrayNode rows = JSON.arrayNode();
    for (int i = draws.below(MOST_ITEMS + 1); i > 0; i--) {
      rows.add(numbers());
    }
    return rows;
  }

  private ArrayNode numbers() {
    ArrayNode numbers = JSON.arrayNode();
    for (int i = 0; i < Handles.DIMENSION; i++) {
      numbers.add(draws.oneIn(10) ? 4096 : draws.between(-1.0, 1.0));
    }
    return numbers;
  }
}
