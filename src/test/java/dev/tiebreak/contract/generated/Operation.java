package dev.tiebreak.contract.generated;

import dev.tiebreak.WrittenContract;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An operation of the written contract.
 *
 * @param path with names of parameters in braces
 * @param bodies schemas by media type; none where it takes no body
 */
record Operation(
    String method,
    String path,
    List<Parameter> parameters,
    Map<String, Schema<?>> bodies,
    boolean bodyRequired) {

  /** All that are written. */
  static List<Operation> all() {
    List<Operation> all = new ArrayList<>();
    WrittenContract.document()
        .getPaths()
        .forEach((path, item) ->
            item.readOperationsMap().forEach((method, it) -> all.add(of(path, item, method, it))));
    return all;
  }

  private static Operation of(
      String path,
      PathItem item,
      PathItem.HttpMethod method,
      io.swagger.v3.oas.models.Operation written) {
    @Nullable RequestBody body = written.getRequestBody();
    return new Operation(
        method.name(),
        path,
        Stream.concat(stream(item.getParameters()), stream(written.getParameters()))
            .map(Schemas::resolve)
            .toList(),
        bodies(body),
        body != null && Boolean.TRUE.equals(body.getRequired()));
  }

  private static Stream<Parameter> stream(@Nullable List<Parameter> parameters) {
    return parameters == null ? Stream.empty() : parameters.stream();
  }

  private static Map<String, Schema<?>> bodies(@Nullable RequestBody body) {
    Map<String, Schema<?>> bodies = new LinkedHashMap<>();
    if (body != null) {
      body.getContent().forEach((type, media) -> bodies.put(type, media.getSchema()));
    }
    return bodies;
  }

  /** Its parameters of one place: {@code path}, {@code query} or {@code header}. */
  List<Parameter> parameters(String place) {
    return parameters.stream().filter(parameter -> parameter.getIn().equals(place)).toList();
  }

  /** Whether it may change something: reading the next batch leases. */
  boolean writes() {
    return !method.equals("GET") || path.equals("/next-batch");
  }

  /** Whether a change of its body matters to it. */
  boolean takesBody() {
    return !bodies.isEmpty();
  }

  /**
   * The schema of a row where the body is lines of them, by the array that the JSON form has; null
   * where it is not.
   */
  @Nullable Schema<?> row(String mediaType) {
    if (!mediaType.equals("application/x-ndjson")) {
      return null;
    }
    Schema<?> whole = Schemas.resolve(bodies.get("application/json"));
    Schema<?> rows = whole.getProperties().values().iterator().next();
    return Schemas.resolve(rows.getItems());
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
