package dev.tiebreak;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.Response;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/** The contract as it is written in {@code openapi/openapi.yaml}. */
public final class WrittenContract {

  private static final String TEXT = read();
  private static final SwaggerParseResult PARSED = parse();
  private static final OpenApiInteractionValidator VALIDATOR =
      OpenApiInteractionValidator.createFor(PARSED.getOpenAPI())
          .withStrictOperationPathMatching()
          .build();

  /** What the validator says of a path or method that the contract lacks. */
  private static final Set<String> ABSENT =
      Set.of("validation.request.path.missing", "validation.request.operation.notAllowed");

  private WrittenContract() {}

  /** The file. */
  public static String text() {
    return TEXT;
  }

  /** What the parser makes of it. */
  public static OpenAPI document() {
    return PARSED.getOpenAPI();
  }

  /** What the parser finds wrong. */
  public static List<String> errors() {
    return PARSED.getMessages();
  }

  private static String read() {
    try {
      return Files.readString(Path.of("openapi/openapi.yaml"));
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  private static SwaggerParseResult parse() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    options.setResolveFully(true);
    options.setResolveCombinators(false);
    options.setExplicitObjectSchema(false);
    return new OpenAPIV3Parser().readContents(TEXT, List.of(), options);
  }

  /**
   * Fails where an answer, or a request that was accepted, is not as the contract says.
   *
   * @param body of the request; null: the request is not to be checked
   */
  public static void check(HttpRequest request, byte @Nullable [] body, Answer answer) {
    Request.Method method = method(request.method());
    String path = request.uri().getRawPath();
    ValidationReport report = VALIDATOR.validateResponse(path, method, response(answer));
    if (isAbsent(report)) {
      requireRefusal(answer);
      return;
    }
    if (body != null && answer.status() < 300) {
      report = report.merge(VALIDATOR.validateRequest(request(request, body)));
    }
    if (report.hasErrors()) {
      throw new AssertionError(
          answer.request()
              + " → "
              + answer.status()
              + " is not as the contract says:\n"
              + words(report)
              + "\nThe answer: "
              + excerpt(answer.text()));
    }
  }

  private static Request.Method method(String name) {
    return Request.Method.valueOf(name);
  }

  private static boolean isAbsent(ValidationReport report) {
    return report.getMessages().stream().anyMatch(message -> ABSENT.contains(message.getKey()));
  }

  private static void requireRefusal(Answer answer) {
    boolean refused =
        answer.status() == 401 && answer.problem().equals("unauthorized")
            || answer.status() == 404 && answer.problem().equals("path-not-found")
            || answer.status() == 405 && answer.problem().equals("method-not-allowed");
    if (!refused) {
      throw new AssertionError(
          answer.request() + " → " + answer.status() + ", but the contract has no such operation");
    }
  }

  private static Response response(Answer answer) {
    SimpleResponse.Builder builder = SimpleResponse.Builder.status(answer.status());
    answer.headers().map().forEach(builder::withHeader);
    if (answer.body().length > 0) {
      return builder.withBody(answer.body()).build();
    }
    // no lines are a body to us, but none to the validator
    String mediaType = answer.header("Content-Type");
    boolean lines = mediaType != null && mediaType.startsWith("application/x-ndjson");
    return lines ? builder.withBody("\n").build() : builder.build();
  }

  private static Request request(HttpRequest request, byte[] body) {
    SimpleRequest.Builder builder =
        new SimpleRequest.Builder(method(request.method()), request.uri().getRawPath());
    for (Map.Entry<String, List<String>> header : request.headers().map().entrySet()) {
      builder.withHeader(header.getKey(), header.getValue());
    }
    query(request)
        .forEach((name, values) ->
            builder.withQueryParam(name, values.stream().map(WrittenContract::decode).toList()));
    if (body.length == 0) {
      // the validator wants the type of a body even where it may be left out
      return builder.withContentType("application/json").build();
    }
    return builder.withBody(body).build();
  }

  private static MultiValueMap<String, String> query(HttpRequest request) {
    return UriComponentsBuilder.fromUri(request.uri()).build(true).getQueryParams();
  }

  private static String decode(String value) {
    return URLDecoder.decode(value, UTF_8);
  }

  private static String words(ValidationReport report) {
    return report.getMessages().stream()
        .map(message -> "  " + message.getKey() + ": " + message.getMessage())
        .reduce("", (before, line) -> before + line + "\n");
  }

  private static String excerpt(String text) {
    return text.length() <= 2000 ? text : text.substring(0, 2000) + "…";
  }
}
