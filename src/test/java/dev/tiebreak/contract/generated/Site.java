package dev.tiebreak.contract.generated;

import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * A value in a body.
 *
 * @param name of the property that it is, or is an item of; empty for the body itself
 * @param put replaces it
 */
record Site(String name, Schema<?> schema, JsonNode value, Consumer<JsonNode> put) {

  /** A body and all that is in it, the body first. */
  static List<Site> of(Schema<?> schema, JsonNode body, Consumer<JsonNode> put) {
    List<Site> sites = new ArrayList<>();
    add("", schema, body, put, sites);
    return sites;
  }

  private static void add(
      String name,
      @Nullable Schema<?> reference,
      JsonNode value,
      Consumer<JsonNode> put,
      List<Site> into) {
    Schema<?> schema = chosen(Schemas.resolve(reference), value);
    into.add(new Site(name, schema, value, put));
    if (value instanceof ObjectNode object) {
      for (String property : List.copyOf(object.propertyNames())) {
        if (Schemas.properties(schema).containsKey(property)) {
          add(
              property,
              Schemas.properties(schema).get(property),
              object.get(property),
              changed -> object.set(property, changed),
              into);
        }
      }
    }
    if (value instanceof ArrayNode array && schema.getItems() != null) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        add(name, schema.getItems(), array.get(i), changed -> array.set(index, changed), into);
      }
    }
  }

  /** Of alternatives the one of the value's type. */
  private static Schema<?> chosen(Schema<?> schema, JsonNode value) {
    if (schema.getOneOf() == null) {
      return schema;
    }
    String type = value.isArray() ? "array" : "object";
    return schema.getOneOf().stream()
        .<Schema<?>>map(Schemas::resolve)
        .filter(one -> Schemas.types(one).contains(type))
        .findFirst()
        .orElse(schema);
  }

  /** Replaces it by JSON as it is written, or by what is none. */
  void write(String text) {
    put.accept(JsonNodeFactory.instance.rawValueNode(new RawValue(text)));
  }
}
