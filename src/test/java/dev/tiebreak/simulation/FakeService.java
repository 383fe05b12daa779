package dev.tiebreak.simulation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The contract's calls over HTTP, as far as the simulation makes them, with trouble on demand. It
 * is strict: what the contract doesn't allow is refused.
 */
final class FakeService implements AutoCloseable {

  private record Answer(int status, @Nullable Object body) {}

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Set<String> VERDICT_FIELDS =
      Set.of("lease", "preference", "confidence", "durationMs", "comment", "annotator");

  final Map<String, FakeProject> projects = new LinkedHashMap<>();
  final List<String> requests = new ArrayList<>();

  /** Every so many requests answer 503 without doing anything; 0: none. */
  volatile int busyEvery;

  /** Every so many requests are carried out, but the connection breaks before the answer. */
  volatile int dropEvery;

  /** Verdicts that the log forgets. */
  volatile boolean forgetful;

  private final AtomicInteger received = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  FakeService() {
    server = start(0);
  }

  FakeProject project(String name) {
    return Objects.requireNonNull(projects.get(name), name);
  }

  private HttpServer start(int port) {
    try {
      HttpServer started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      started.setExecutor(threads);
      started.createContext("/", this::handle);
      started.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Dies, and comes back on the same port after a while with what it had stored. */
  void restart(long milliseconds) throws InterruptedException {
    int port = server.getAddress().getPort();
    server.stop(0);
    Thread.sleep(milliseconds);
    server = start(port);
  }

  private void handle(HttpExchange exchange) throws IOException {
    int count = received.incrementAndGet();
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (busyEvery > 0 && count % busyEvery == 0) {
      exchange.getResponseHeaders().set("Retry-After", "0");
      send(exchange, new Answer(503, problem("Busy", "try again")));
      return;
    }
    Answer answer;
    synchronized (this) {
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      answer = answer(exchange, body);
    }
    if (dropEvery > 0 && count % dropEvery == 0) {
      exchange.close();
    } else {
      send(exchange, answer);
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.body() == null ? new byte[0] : MAPPER.writeValueAsBytes(answer.body());
    exchange
        .getResponseHeaders()
        .set(
            "Content-Type",
            answer.status() < 400 ? "application/json" : "application/problem+json");
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Answer answer(HttpExchange exchange, byte[] body) {
    String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    String method = exchange.getRequestMethod();
    return switch (path[0]) {
      case "next-batch" -> nextBatch(exchange, query);
      case "verdicts" -> verdicts(body);
      case "leases" -> giveBack(path[1]);
      case "projects" -> project(method, path, query, exchange, body);
      default -> missing(path[0]);
    };
  }

  private Answer project(
      String method, String[] path, Map<String, String> query, HttpExchange exchange, byte[] body) {
    if (method.equals("PUT")) {
      return create(path[1], body);
    }
    FakeProject project = projects.get(path[1]);
    if (project == null) {
      return missing(path[1]);
    }
    if (method.equals("DELETE")) {
      projects.remove(query.getOrDefault("confirm", ""));
      return new Answer(204, null);
    }
    return switch (path.length == 2 ? "" : path[2]) {
      case "" -> new Answer(200, project.settings);
      case "embeddings" -> upload(project, exchange, body);
      case "responses" -> responses(project);
      case "refits" -> method.equals("POST") ? refit(project) : refitState(path[3]);
      case "model" -> model(project);
      case "verdicts" -> log(project, query);
      default -> missing(path[2]);
    };
  }

  @SuppressWarnings("unchecked")
  private Answer create(String name, byte[] body) {
    Map<String, Object> settings = MAPPER.readValue(body, Map.class);
    if (FakeProject.text(settings, "strategy").equals("UNKNOWN")) {
      Map<String, Object> problem = new HashMap<>(problem("Invalid settings", "1 value is wrong"));
      problem.put("errors", List.of(Map.of("pointer", "/strategy", "detail", "is not built")));
      return new Answer(422, problem);
    }
    boolean known = projects.containsKey(name);
    projects.put(name, new FakeProject(name, settings));
    return new Answer(known ? 200 : 201, settings);
  }

  @SuppressWarnings("unchecked")
  private static Answer upload(FakeProject project, HttpExchange exchange, byte[] body) {
    if (!"application/x-ndjson".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
      return new Answer(415, problem("Unsupported media type", ""));
    }
    int before = project.responses.size();
    int received = 0;
    for (String line : new String(body, StandardCharsets.UTF_8).split("\n")) {
      Map<String, Object> row = MAPPER.readValue(line, Map.class);
      float[] embedding = floats(FakeProject.text(row, "embedding"));
      if (embedding.length != project.number("dimension")) {
        return new Answer(422, problem("Wrong length", line));
      }
      project.responses.put(
          FakeProject.text(row, "responseId"),
          new FakeProject.Stored(
              FakeProject.text(row, "promptId"), embedding, (String) row.get("prompt")));
      received++;
    }
    int created = project.responses.size() - before;
    return new Answer(
        200,
        Map.of(
            "received",
            received,
            "created",
            created,
            "updated",
            0,
            "unchanged",
            received - created,
            "responses",
            project.responses.size()));
  }

  static float[] floats(String base64) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
    float[] values = new float[bytes.capacity() / Float.BYTES];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static Answer responses(FakeProject project) {
    List<Map<String, String>> items =
        project.responses.keySet().stream().limit(1).map(id -> Map.of("responseId", id)).toList();
    return new Answer(200, Map.of("items", items));
  }

  /** Every other round is answered before it is done. */
  private static Answer refit(FakeProject project) {
    int number = project.round();
    boolean done = number % 2 == 0;
    return new Answer(
        done ? 200 : 202, Map.of("number", number, "state", done ? "DONE" : "RUNNING"));
  }

  private static Answer refitState(String number) {
    return new Answer(200, Map.of("number", Integer.parseInt(number), "state", "DONE"));
  }

  private static Answer model(FakeProject project) {
    return project.rounds.isEmpty()
        ? missing("model")
        : new Answer(
            200,
            Map.of(
                "round", project.rounds.size(), "weights", project.weights(), "prior", "SPECTRAL"));
  }

  private Answer log(FakeProject project, Map<String, String> query) {
    int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
    int to = Math.min(project.log.size(), from + 7);
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("items", project.log.subList(forgetful ? Math.min(from + 1, to) : from, to));
    page.put("nextCursor", to < project.log.size() ? Integer.toString(to) : null);
    return new Answer(200, page);
  }

  private Answer nextBatch(HttpExchange exchange, Map<String, String> query) {
    exchange.getResponseHeaders().set("Retry-After", "0");
    FakeProject project = projects.get(query.get("project"));
    int size = Integer.parseInt(query.getOrDefault("size", "10"));
    String annotator = query.get("annotator");
    return project == null || annotator == null || size < 1 || size > 100
        ? new Answer(422, problem("Invalid query", query.toString()))
        : new Answer(200, project.nextBatch(annotator, size));
  }

  @SuppressWarnings("unchecked")
  private Answer verdicts(byte[] body) {
    boolean array = body[0] == '[';
    List<Map<String, Object>> verdicts =
        array ? MAPPER.readValue(body, List.class) : List.of(MAPPER.readValue(body, Map.class));
    List<Map<String, Object>> results = new ArrayList<>();
    for (Map<String, Object> verdict : verdicts) {
      if (!VERDICT_FIELDS.containsAll(verdict.keySet())) {
        return new Answer(400, problem("Unknown field", verdict.keySet().toString()));
      }
      String lease = FakeProject.text(verdict, "lease");
      results.add(project(lease.substring(0, lease.indexOf('.'))).judge(verdict));
    }
    if (!array && "REFUSED".equals(results.getFirst().get("outcome"))) {
      return missing("lease");
    }
    return new Answer(200, Map.of("results", results));
  }

  private Answer giveBack(String token) {
    FakeProject project = projects.get(token.substring(0, token.indexOf('.')));
    return project != null && project.giveBack(token) ? new Answer(204, null) : missing(token);
  }

  private static Answer missing(String what) {
    return new Answer(404, problem("Not found", "no " + what));
  }

  private static Map<String, Object> problem(String title, String detail) {
    return Map.of("title", title, "detail", detail);
  }

  private static Map<String, String> query(@Nullable String query) {
    Map<String, String> values = new HashMap<>();
    for (String part : query == null ? new String[0] : query.split("&")) {
      int equals = part.indexOf('=');
      values.put(
          part.substring(0, equals),
          URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return values;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
