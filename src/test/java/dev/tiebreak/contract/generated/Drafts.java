package dev.tiebreak.contract.generated;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes requests that are as the contract says. */
final class Drafts {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_ROWS = 4;

  private final Draws draws;
  private final Handles handles;
  private final ValidValues values;

  Drafts(Draws draws, Handles handles) {
    this.draws = draws;
    this.handles = handles;
    this.values = new ValidValues(draws, handles);
  }

  /** A request for an operation. */
  Draft of(Operation operation) {
    Draft draft = new Draft(operation, path(operation));
    draft.header("Host", "localhost");
    for (Parameter parameter : operation.parameters("query")) {
      if (Boolean.TRUE.equals(parameter.getRequired()) || draws.oneIn(3)) {
        draft.query.add(parameter.getName() + "=" + encoded(text(parameter, draft)));
      }
    }
    for (Parameter parameter : operation.parameters("header")) {
      if (!parameter.getName().equals("X-Request-Id") && draws.oneIn(4)) {
        draft.header(parameter.getName(), draws.of("wait=0", "a-1", "\"a\"", "*"));
      }
    }
    addBody(draft);
    return draft;
  }

  private String path(Operation operation) {
    String path = operation.path();
    for (Parameter parameter : operation.parameters("path")) {
      String name = parameter.getName();
      String value =
          operation.toString().equals("DELETE /projects/{project}") && !draws.oneIn(200)
              ? Objects.requireNonNull(handles.text("spare", draws))
              : text(parameter, null);
      path = path.replace("{" + name + "}", encoded(value));
    }
    return path;
  }

  /** Waiting is tried elsewhere: here it would only take long. */
  private String text(Parameter parameter, @Nullable Draft draft) {
    String name = parameter.getName();
    if (name.equals("wait")) {
      return draws.of("0", "60");
    }
    if (name.equals("confirm") && draft != null && !draws.oneIn(4)) {
      return draft.path.substring(draft.path.lastIndexOf('/') + 1);
    }
    JsonNode value = values.value(name, parameter.getSchema());
    return value.isString() ? value.stringValue() : value.toString();
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }

  private void addBody(Draft draft) {
    Operation operation = draft.operation;
    if (operation.bodies().isEmpty()) {
      return;
    }
    // of two types one must be named, even for no rows
    if (!operation.bodyRequired() && operation.bodies().size() == 1 && draws.oneIn(8)) {
      return;
    }
    String type = draws.of(List.copyOf(operation.bodies().keySet()));
    draft.header("Content-Type", type + draws.of("", "", "; charset=utf-8"));
    Schema<?> row = operation.row(type);
    draft.body(
        row == null
            ? JSON.writeValueAsString(values.value("", operation.bodies().get(type)))
            : lines(row));
  }

  private String lines(Schema<?> row) {
    List<String> lines = new ArrayList<>();
    for (int i = draws.below(MOST_ROWS); i >= 0; i--) {
      lines.add(JSON.writeValueAsString(values.value("", row)));
    }
    return String.join(draws.of("\n", "\r\n", "\n\n"), lines);
  }
}
