package dev.tiebreak.access;

import dev.tiebreak.body.FieldErrors;
import dev.tiebreak.body.JsonObject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body of {@code POST /keys}. */
final class KeyBody {

  private static final Set<String> FIELDS = Set.of("name", "roles", "projects", "expiresAt");
  private static final int MOST_PROJECTS = 1000;

  private final JsonNode body;
  private final FieldErrors errors = new FieldErrors();
  private final JsonObject object;

  private KeyBody(JsonNode body) {
    this.body = body;
    this.object = JsonObject.of(body, "", FIELDS, errors);
  }

  static NewKey read(JsonNode body) {
    return new KeyBody(body).read();
  }

  private NewKey read() {
    String name = object.text("name", 1, 200);
    NewKey key = new NewKey(name, roles(), projects(), expiry());
    errors.throwIfAny();
    return key;
  }

  private Set<Role> roles() {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    if (!object.has("roles")) {
      object.reject("roles", "is required");
    } else {
      each("roles", Role.values().length, text -> roles.add(Role.valueOf(text)));
    }
    return roles;
  }

  private @Nullable Set<String> projects() {
    if (!object.has("projects")) {
      return null;
    }
    Set<String> projects = new TreeSet<>();
    each("projects", MOST_PROJECTS, projects::add);
    return projects;
  }

  private @Nullable Instant expiry() {
    return object.optionalInstant("expiresAt");
  }

  /** Reads an array of texts, none of which the reader refuses by an IllegalArgumentException. */
  private void each(String field, int most, Consumer<String> reader) {
    JsonNode values = body.path(field);
    if (!values.isArray() || values.isEmpty() || values.size() > most) {
      object.reject(field, "must be an array of 1 to " + most);
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      JsonNode value = values.get(i);
      try {
        reader.accept(value.isString() ? value.stringValue() : "");
      } catch (IllegalArgumentException unknown) {
        object.reject(field + "/" + i, "must be one of " + EnumSet.allOf(Role.class));
      }
    }
  }
}
