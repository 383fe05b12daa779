package dev.tiebreak.page;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What forms have to know of the contract: names, defaults, choices and descriptions are written
 * there once, and what it gains the pages gain.
 */
@Component
class ContractForms {

  private final Map<String, Object> contract;

  ContractForms() throws IOException {
    try (InputStream text = new ClassPathResource("openapi/openapi.yaml").getInputStream()) {
      contract = map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
    }
  }

  /** The fields of an object that requests have, but those that are objects themselves. */
  List<FormField> fields(String schema) {
    Map<String, Object> written = map(at(contract, "components", "schemas", schema));
    List<Object> required = list(written.get("required"));
    List<FormField> fields = new ArrayList<>();
    map(written.get("properties"))
        .forEach((name, property) -> {
          Map<String, Object> described = map(property);
          if (!types(described).contains("object")) {
            fields.add(field(name, described, required.contains(name)));
          }
        });
    return List.copyOf(fields);
  }

  private FormField field(String name, Map<String, Object> written, boolean required) {
    List<String> types = types(written);
    boolean many = types.contains("array");
    Map<String, Object> one = many ? resolved(map(written.get("items"))) : written;
    List<String> choices =
        list(one.get("enum")).stream().filter(Objects::nonNull).map(String::valueOf).toList();
    return new FormField(
        name,
        description(written),
        choices,
        default_(written),
        required,
        many,
        types(one).contains("number") || types(one).contains("integer"),
        written.get("maxLength") instanceof Integer most && most > 1000);
  }

  private static String description(Map<String, Object> written) {
    return String.valueOf(written.getOrDefault("description", "")).replace("`", "").strip();
  }

  private static @Nullable String default_(Map<String, Object> written) {
    Object value = written.get("default");
    return value == null ? null : value.toString();
  }

  /** The media types that a reading call can answer with. */
  List<String> mediaTypes(String path) {
    return List.copyOf(
        map(at(contract, "paths", path, "get", "responses", "200", "content")).keySet());
  }

  /** The values that a parameter of a reading call can have. */
  List<String> choices(String path, String parameter) {
    return list(at(contract, "paths", path, "get", "parameters")).stream()
        .map(ContractForms::map)
        .filter(one -> parameter.equals(one.get("name")))
        .flatMap(one -> list(at(one, "schema", "enum")).stream())
        .map(String::valueOf)
        .toList();
  }

  private Map<String, Object> resolved(Map<String, Object> schema) {
    return schema.get("$ref") instanceof String reference
        ? map(at(contract, reference.substring("#/".length()).split("/")))
        : schema;
  }

  private static List<String> types(Map<String, Object> schema) {
    Object type = schema.get("type");
    return type instanceof String one
        ? List.of(one)
        : list(type).stream().map(String::valueOf).toList();
  }

  private static Object at(Map<String, Object> map, String... path) {
    Object found = map;
    for (String name : path) {
      found = map(found).get(name);
      if (found == null) {
        throw new IllegalStateException("The contract has no " + String.join("/", path));
      }
    }
    return found;
  }

  @SuppressWarnings("unchecked") // YAML's objects have names
  private static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(@Nullable Object value) {
    return value instanceof List<?> list ? (List<Object>) list : List.of();
  }
}
