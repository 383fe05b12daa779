package dev.tiebreak.contract.generated;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Changes of the path, the query and the method. */
final class TargetChanges {

  private TargetChanges() {}

  /** All of them. */
  static List<Change> all() {
    return List.of(
        TargetChanges::segment,
        TargetChanges::queryValue,
        TargetChanges::queryValue,
        TargetChanges::queryTwice,
        TargetChanges::queryMissing,
        TargetChanges::queryForm,
        TargetChanges::path,
        TargetChanges::method);
  }

  /** Another value of a parameter in the path. */
  private static boolean segment(Draft draft, Draws draws) {
    List<Parameter> parameters = draft.operation.parameters("path");
    if (parameters.isEmpty()) {
      return false;
    }
    Parameter parameter = draws.of(parameters);
    boolean whole = Schemas.types(Schemas.resolve(parameter.getSchema())).contains("integer");
    String value =
        whole
            ? draws.oneIn(4)
                ? draws.of("0", "-1", "-9223372036854775808", "9223372036854775807")
                : draws.of(NastyTexts.NO_INTEGERS)
            : draws.of(NastyTexts.PARAMETERS);
    String encoded = draws.oneIn(8) ? escaped(value) : Drafts.encoded(value);
    List<String> written = List.of(draft.operation.path().split("/"));
    List<String> segments = new ArrayList<>(List.of(draft.path.split("/")));
    segments.set(written.indexOf("{" + parameter.getName() + "}"), encoded);
    draft.path = String.join("/", segments);
    draft.mangled = true;
    draft.changed("path parameter " + parameter.getName(), whole && !isRemoval(draft));
    return true;
  }

  /** Without its last parameter a path may be another operation's. */
  private static boolean isRemoval(Draft draft) {
    return draft.path.endsWith("/") || draft.path.contains("//");
  }

  /** Every byte as its code, as only odd clients do. */
  private static String escaped(String value) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : value.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      escaped.append("%%%02x".formatted(b & 0xFF));
    }
    return escaped.toString();
  }

  private static boolean queryValue(Draft draft, Draws draws) {
    List<Parameter> parameters = draft.operation.parameters("query");
    if (parameters.isEmpty()) {
      return false;
    }
    Parameter parameter = draws.of(parameters);
    String name = parameter.getName();
    draft.query.removeIf(pair -> pair.startsWith(name + "="));
    Schema<?> schema = Schemas.resolve(parameter.getSchema());
    String value = wrong(schema, draws);
    draft.query.add(name + "=" + Drafts.encoded(value));
    draft.changed("query parameter " + name, isCertain(schema));
    return true;
  }

  private static String wrong(Schema<?> schema, Draws draws) {
    Set<String> types = Schemas.types(schema);
    if (types.contains("integer")) {
      double greatest = Schemas.greatest(schema, Integer.MAX_VALUE);
      return draws.oneIn(3)
          ? draws.of("0", "-1", "-2147483648", Long.toString((long) greatest + 1))
          : draws.of(NastyTexts.NO_INTEGERS);
    }
    return types.contains("number")
        ? draws.of(NastyTexts.NO_NUMBERS)
        : draws.of(NastyTexts.PARAMETERS);
  }

  /** Zero seconds may be waited for. */
  private static boolean isCertain(Schema<?> schema) {
    Set<String> types = Schemas.types(schema);
    return schema.getEnum() != null
        || types.contains("number")
        || types.contains("integer") && Schemas.least(schema, 0) > 0;
  }

  private static boolean queryTwice(Draft draft, Draws draws) {
    List<Parameter> parameters = draft.operation.parameters("query");
    if (parameters.isEmpty()) {
      return false;
    }
    String name = draws.of(parameters).getName();
    String escaped = "%" + Integer.toHexString(name.charAt(0)) + name.substring(1);
    draft.query.removeIf(pair -> pair.startsWith(name + "="));
    draft.query.add(name + "=1");
    draft.query.add(draws.of(name, name, escaped) + draws.of("=1", "=2", ""));
    draft.changed("query parameter " + name + " twice", true);
    return true;
  }

  private static boolean queryMissing(Draft draft, Draws draws) {
    for (Parameter parameter : draft.operation.parameters("query")) {
      if (Boolean.TRUE.equals(parameter.getRequired())) {
        draft.query.removeIf(pair -> pair.startsWith(parameter.getName() + "="));
        draft.changed("query parameter " + parameter.getName() + " missing", true);
        return true;
      }
    }
    return false;
  }

  private static boolean queryForm(Draft draft, Draws draws) {
    draft.query.add(
        draws.of(
            "%zz",
            "%",
            "%00=%00",
            "=",
            "&&&",
            "unknown=1",
            "a[]=1",
            "%FF=%FF",
            "limit",
            "x=" + "y".repeat(3000),
            "x=%ED%A0%80",
            "😀=1",
            "<>=\"",
            "a=b#c"));
    draft.mangled = true;
    draft.changed("odd query", false);
    return true;
  }

  private static boolean path(Draft draft, Draws draws) {
    String path = draft.path;
    draft.path =
        draws.of(
            path + "/",
            path + "//",
            "/" + path,
            path + ";a=b",
            path + "%00",
            path + "%",
            path + "%zz",
            path + ".json",
            path + "/..",
            path + "/%2e%2e/x",
            path + "/../../../etc/passwd",
            path + "/" + "x".repeat(3000),
            path.toUpperCase(java.util.Locale.ROOT),
            path.substring(1),
            path + "%20",
            path + " x",
            path + "\\",
            path + "%5c",
            "http://localhost" + path,
            "http://example.org" + path,
            "//localhost" + path,
            "*",
            path + "/" + draws.word(8));
    draft.mangled = true;
    draft.changed("odd path", false);
    return true;
  }

  private static boolean method(Draft draft, Draws draws) {
    draft.method =
        Objects.requireNonNull(
            draws.of(
                "GET",
                "HEAD",
                "POST",
                "PUT",
                "DELETE",
                "PATCH",
                "OPTIONS",
                "TRACE",
                "CONNECT",
                "BREW",
                "get",
                "G@T",
                "PROPFIND",
                "X".repeat(2000)));
    draft.mangled = true;
    draft.changed("method " + draft.method.substring(0, Math.min(8, draft.method.length())), false);
    return true;
  }
}
