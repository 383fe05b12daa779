package dev.tiebreak.access;

import dev.tiebreak.problem.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The options of {@code keys create}: what the body of {@code POST /keys} says, in words. */
final class KeyOptions {

  private static final Map<String, String> FIELDS =
      Map.of(
          "--name", "name", "--roles", "roles", "--projects", "projects", "--expires", "expiresAt");
  private static final Set<String> LISTS = Set.of("roles", "projects");

  private KeyOptions() {}

  /** Reads {@code --name value} and {@code --name=value}. */
  static NewKey parse(String... arguments) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      String[] parts = arguments[i].split("=", 2);
      String field = FIELDS.get(parts[0]);
      if (field == null) {
        throw new IllegalArgumentException(
            "Unknown option " + parts[0] + "; keys --help lists them");
      }
      if (parts.length == 1 && ++i == arguments.length) {
        throw new IllegalArgumentException(parts[0] + " needs a value");
      }
      given.put(field, parts.length == 1 ? arguments[i] : parts[1]);
    }
    try {
      return KeyBody.read(body(given));
    } catch (ProblemException problem) {
      throw new IllegalArgumentException(problem.detail().replaceFirst("^/", "--"), problem);
    }
  }

  private static ObjectNode body(Map<String, String> given) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    given.forEach((field, value) -> {
      if (LISTS.contains(field)) {
        ArrayNode list = body.putArray(field);
        List.of(value.split(",")).forEach(text -> list.add(text.strip()));
      } else {
        body.put(field, value);
      }
    });
    return body;
  }
}
