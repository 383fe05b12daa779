package dev.tiebreak.preference;

import dev.tiebreak.linalg.FloatMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A numerical reference case, computed in numpy by {@code reference/make_reference.py} beside the
 * JSON files on the test classpath.
 */
@NullMarked
public final class ReferenceCase {

  /** The cases under the ISOTROPIC prior; they carry scores and picks of every strategy. */
  public static final List<String> ISOTROPIC =
      List.of("tiny", "cold", "in-prompt", "any", "wide", "steep");

  /** The case under the SPECTRAL prior; its fits are {@code given} and {@code auto}. */
  public static final String SPECTRAL = "spectral";

  private final JsonNode root;

  private ReferenceCase(JsonNode root) {
    this.root = root;
  }

  /** Reads a case by name. */
  public static ReferenceCase load(String name) {
    String resource = "/reference/" + name + ".json";
    try (InputStream in = ReferenceCase.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + resource);
      }
      return new ReferenceCase(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of the case. */
  public String name() {
    return root.get("name").asString();
  }

  /** IN_PROMPT or ANY. */
  public String pairing() {
    return root.get("pairing").asString();
  }

  /** The batch size k. */
  public int k() {
    return root.get("k").asInt();
  }

  /** The prior precision λ of an ISOTROPIC case. */
  public double lambda() {
    return number("lambda_");
  }

  /** The embeddings, n × d; the reference computed on float32 values, so nothing is lost. */
  public FloatMatrix embeddings() {
    JsonNode rows = root.get("embeddings");
    int n = rows.size();
    int d = rows.get(0).size();
    float[] values = new float[n * d];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows.get(i / d).get(i % d).asDouble();
    }
    return FloatMatrix.of(n, d, values);
  }

  /** The prompt of each response, n. */
  public int[] promptOf() {
    return ints("prompt");
  }

  /** The counted verdicts. */
  public Judgements judgements() {
    int[][] past = pairs("past");
    return new Judgements(
        IntStream.range(0, past.length).map(i -> past[i][0]).toArray(),
        IntStream.range(0, past.length).map(i -> past[i][1]).toArray(),
        doubles("y"));
  }

  /** The candidates (a, b) as row numbers, in order of candidate index. */
  public int[][] candidates() {
    return pairs("candidates");
  }

  /** A number at a path of field names, as {@code number("auto", "log_det")}. */
  public double number(String... path) {
    return at(path).asDouble();
  }

  /** Numbers at a path of field names, as {@code doubles("d_optimal", "scores")}. */
  public double[] doubles(String... path) {
    JsonNode node = at(path);
    return IntStream.range(0, node.size()).mapToDouble(i -> node.get(i).asDouble()).toArray();
  }

  /** Whole numbers at a path of field names, as {@code ints("greedy_d_optimal", "picks")}. */
  public int[] ints(String... path) {
    JsonNode node = at(path);
    return IntStream.range(0, node.size()).map(i -> node.get(i).asInt()).toArray();
  }

  /** As {@link #ints}; null where the reference says that the set hangs on rounding. */
  public int @Nullable [] intsOrNull(String... path) {
    return at(path).isNull() ? null : ints(path);
  }

  private int[][] pairs(String field) {
    JsonNode node = root.get(field);
    return IntStream.range(0, node.size())
        .mapToObj(i -> new int[] {node.get(i).get(0).asInt(), node.get(i).get(1).asInt()})
        .toArray(int[][]::new);
  }

  private JsonNode at(String... path) {
    JsonNode node = root;
    for (String field : path) {
      node = node.get(field);
      if (node == null) {
        throw new IllegalArgumentException("no field " + field + " in case " + name());
      }
    }
    return node;
  }

  @Override
  public String toString() {
    return name();
  }
}
